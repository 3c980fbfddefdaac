"""A document written into a row and read back is the same document."""

import pytest
from django.contrib.auth.models import Group
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from guides.markdown import GuideDocument, from_document, to_document
from guides.models import Guide
from guides.working_copy import KINDS, UnknownNames, of_its_kind, read, write
from tests.factories import (
    make_claim,
    make_procedure,
    make_product,
    make_source,
    make_tag,
    make_task,
    make_user,
)

TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\r"), max_size=40)
LEVEL = st.sampled_from(["low", "medium", "high"])
FACTS = {
    "procedure": st.fixed_dictionaries(
        {
            "performer": TEXT,
            "minutes": st.none() | st.integers(0, 30_000),
            "at_hand": TEXT,
            "risk_level": LEVEL,
            "risk_reason": TEXT,
        }
    ),
    "risk": st.fixed_dictionaries(
        {
            "likelihood": LEVEL,
            "impact": LEVEL,
            "early_signs": st.lists(TEXT, max_size=3),
            "recoverable": TEXT,
        }
    ),
    "case": st.fixed_dictionaries({"setting": TEXT, "outcome": TEXT}),
}
some = st.sampled_from([[], ["a"], ["a", "b"]])


@st.composite
def documents(draw: st.DrawFn) -> GuideDocument:
    kind = draw(st.sampled_from(sorted(FACTS)))
    visibility = draw(st.sampled_from(["public", "signed-in", "groups"]))
    return GuideDocument(
        kind=kind,
        slug=draw(st.from_regex(r"[a-z][a-z0-9-]{0,30}", fullmatch=True)),
        language="zh-hans",
        code=draw(st.from_regex(r"[a-z0-9]{5}", fullmatch=True)),
        title=draw(TEXT.filter(str.strip)),
        summary=draw(TEXT.filter(str.strip)),
        aliases=draw(st.lists(TEXT, max_size=3)),
        facts=draw(FACTS[kind]),
        products=draw(some),
        task=draw(st.sampled_from([None, "a"])),
        tags=draw(some),
        claims=draw(some),
        emergency=draw(st.booleans()),
        visibility=visibility,
        groups=draw(some),
        owner=draw(st.sampled_from([None, "lin"])),
        review_interval_days=draw(st.integers(1, 1000)),
        body=draw(TEXT),
    )


class RoundTrip(TestCase):
    def setUp(self) -> None:
        make_source("S1")
        for slug in ("a", "b"):
            make_product(slug)
            make_task(slug)
            make_tag(slug)
            make_claim(slug, S1="可以")
            Group.objects.create(name=slug)
        make_user("lin")

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(documents())
    def test_nothing_is_lost_between_document_row_and_text(self, document):
        row = KINDS[document.kind]()
        write(document, row)
        again = read(of_its_kind(Guide.objects.get(pk=row.pk)))
        assert again == document
        assert from_document(to_document(again)) == document
        Guide.objects.all().delete()


@pytest.mark.django_db
def test_every_unknown_name_is_told_at_once_and_nothing_is_written():
    document = read(make_procedure("close-jiebei", title="原来的标题"))
    document.products, document.tags, document.owner = ["nope"], ["never"], "nobody"
    document.title = "新标题"
    row = Guide.objects.get(slug="close-jiebei").procedure
    with pytest.raises(UnknownNames) as raised:
        write(document, row)
    assert raised.value.names == {"products": ["nope"], "tags": ["never"], "owner": ["nobody"]}
    assert Guide.objects.get(slug="close-jiebei").title == "原来的标题"
