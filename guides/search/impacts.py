"""What a guide's rows say: words, concepts and intents with their impacts. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guides.search import chinese, weights
from guides.search.concepts import Concept, said_in
from guides.search.question import INTENTS, STOP_WORDS
from guides.search.tables import TERM_LENGTH

ALIAS_BREAK = " / "


@dataclass(frozen=True)
class Texts:
    """What a guide says, and its concepts as slugs ("product:jiebei", "task:close")."""

    title: str
    aliases: Sequence[str]
    headings: Sequence[str]
    summary: str
    body: str
    concepts: Sequence[str] = ()
    kind: str = ""


@dataclass(frozen=True)
class Rows:
    """A guide's terms with their impacts, and those of its words that rewriting may suppose."""

    impacts: Mapping[str, int]
    named: frozenset[str]


Fields = Mapping[str, str]


def rows_of(texts: Texts, known: Sequence[Concept]) -> Rows:
    fields = _fields(texts)
    impacts = _words(fields) | _said(fields, known) | _intents(fields) | _declared(texts)
    return Rows(impacts, _named(fields))


def speaks_of(texts: Texts, concepts: Sequence[Concept]) -> bool:
    """Whether a guide's rows would tell of any of the concepts."""
    fields = _fields(texts).values()
    return any(said_in(text, concepts) for text in fields)


def _fields(texts: Texts) -> Fields:
    return {
        "title": chinese.normalise(texts.title),
        "aliases": chinese.normalise(ALIAS_BREAK.join(texts.aliases)),
        "headings": chinese.normalise(ALIAS_BREAK.join(texts.headings)),
        "summary": chinese.normalise(texts.summary),
        "body": chinese.normalise(texts.body),
    }


def _named(fields: Fields) -> frozenset[str]:
    text = ALIAS_BREAK.join((fields["title"], fields["aliases"], fields["headings"]))
    return frozenset(
        word[:TERM_LENGTH]
        for word in chinese.terms(text)
        if len(word) > 1 and word not in STOP_WORDS and chinese.HAN_RUN.fullmatch(word)
    )


def _words(fields: Fields) -> dict[str, int]:
    """BM25F: each field's count, tempered by its length, weighted, summed, then saturated."""
    weighted: defaultdict[str, float] = defaultdict(float)
    for name, (weight, usual, slope) in weights.FIELDS.items():
        found = chinese.terms(fields[name])
        tempered = 1 - slope + slope * max(1, len(found)) / usual
        for word, times in Counter(word[:TERM_LENGTH] for word in found).items():
            weighted[word] += weight * times / tempered
    return {
        word: impact
        for word, said in weighted.items()
        if word not in STOP_WORDS
        and (impact := round(weights.IMPACT * said / (said + weights.SATURATION)))
    }


def _said(fields: Fields, known: Sequence[Concept]) -> dict[str, int]:
    """How much of what a guide is asked speaks of each concept."""
    said: defaultdict[str, float] = defaultdict(float)
    for alias in _aliases(fields):
        for slug in said_in(alias, known):
            said[slug] += weights.SAID_IN["alias"]
    for name in ("title", "summary", "headings", "body"):
        for slug in said_in(fields[name], known):
            said[slug] += weights.SAID_IN[name]
    return {slug: impact for slug, worth in said.items() if (impact := _share(worth))}


def _share(said: float) -> int:
    return round(weights.IMPACT * min(1.0, said / weights.SAID_ENOUGH))


def _aliases(fields: Fields) -> list[str]:
    return fields["aliases"].split(ALIAS_BREAK)


def _intents(fields: Fields) -> dict[str, int]:
    """What readers ask of a guide, as its title and aliases put it."""
    found = {
        intent: weights.SAID_IN["title"] * bool(pattern.search(fields["title"]))
        + sum(bool(pattern.search(alias)) for alias in _aliases(fields))
        for intent, pattern in INTENTS
    }
    return {f"intent:{intent}": _share(said) for intent, said in found.items() if said}


def _declared(texts: Texts) -> dict[str, int]:
    products = sum(slug.startswith("product:") for slug in texts.concepts)
    shared = weights.DECLARED_AMONG_OTHERS if products > 1 else weights.DECLARED
    declared = {
        slug: shared if slug.startswith("product:") else weights.DECLARED for slug in texts.concepts
    }
    return declared | ({f"kind:{texts.kind}": weights.IMPACT} if texts.kind else {})
