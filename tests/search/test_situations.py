"""The situations that the portal ships: data, so that editors may change them."""

from pathlib import Path

import pytest
import yaml

FIXTURES = Path(__file__).parents[2] / "fixtures"


def rows(name):
    return yaml.safe_load((FIXTURES / name).read_text(encoding="utf-8"))


SITUATIONS = {row["slug"]: row for row in rows("situations.yaml")}
KNOWN = {
    *(f"situation:{slug}" for slug in SITUATIONS),
    *(f"product:{row['slug']}" for row in rows("products.yaml")),
    *(f"task:{row['slug']}" for row in rows("tasks.yaml")),
}


@pytest.mark.parametrize("slug", SITUATIONS)
def test_a_situation_means_and_overrides_concepts_that_exist(slug):
    row = SITUATIONS[slug]
    assert {*row["means"], *row["overrides"]} <= KNOWN - {f"situation:{slug}"}


@pytest.mark.parametrize("slug", SITUATIONS)
def test_a_situation_is_said_with_phrases_of_at_least_two_letters(slug):
    phrases = SITUATIONS[slug]["phrases"]
    assert len(set(phrases)) == len(phrases) > 0
    assert all(len(phrase.replace("…", "")) >= 2 for phrase in phrases)


def test_a_phrase_belongs_to_one_situation():
    owners: dict[str, list[str]] = {}
    for slug, row in SITUATIONS.items():
        for phrase in row["phrases"]:
            owners.setdefault(phrase, []).append(slug)
    assert {phrase: slugs for phrase, slugs in owners.items() if len(slugs) > 1} == {}


def test_what_is_not_covered_leads_nowhere_and_overrides_nothing():
    for row in SITUATIONS.values():
        if not row["covered"]:
            assert (row["means"], row["overrides"], row["happened"]) == ([], [], False)
