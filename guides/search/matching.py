"""A question in, keys in their order out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from guides.search import finding, weights
from guides.search.concepts import Concept
from guides.search.lexicon import lexicon_of
from guides.search.question import Intent, Question, understand
from guides.search.rewriting import rewritten


@dataclass(frozen=True)
class Hit:
    """`points` says what each term brought: the explanation of the score."""

    key: int
    score: int
    points: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    hits: list[Hit]
    terms: list[str]  # to highlight: words as typed and as meant
    understood: list[Concept]
    rewritten: str | None  # what was searched as well, None where the question stood as it was
    intent: Intent
    strong: bool  # False: no guide answers this question directly
    total: int
    worth: Mapping[str, int]  # each term's weight: what an impact is multiplied by


def match(
    question: str,
    allowed: QuerySet[Any],
    *,
    concepts: Sequence[Concept],
    limit: int = 50,
    literal: bool = False,
    prefer: Callable[[int], Any] | None = None,
) -> Match:
    """The allowed keys that answer a question, best first.

    `concepts` are the products and tasks of the portal and its `situations()`. `literal` searches
    the question as it was typed, without guessing at sounds and slips. Among keys of the very same
    score the one comes first whose `prefer` is least, then the least key.
    """
    asked = _asked(question, tuple(concepts), literal=literal)
    terms, also = _weights(asked)
    leading = finding.leading(terms, asked.held)
    orders = {**terms, **also}
    rows = finding.best(leading, orders, allowed, weights.CANDIDATES)
    hits = _near_the_best(_ranked(rows, orders), also)
    return Match(
        hits=_preferred(hits, prefer)[:limit],
        terms=list(asked.highlighted),
        understood=list(asked.question.said),
        rewritten=asked.rewritten,
        intent=asked.question.intent,
        strong=bool(hits) and _answers(hits[0], asked.question, terms),
        total=len(hits),
        worth={**terms, **also},
    )


@dataclass(frozen=True)
class _Asked:
    """A question as it is searched: `words` with their weights, rarity included."""

    question: Question
    words: Mapping[str, float]
    highlighted: Sequence[str]
    rewritten: str | None
    held: Mapping[str, int]  # how many guides hold each word and each concept


def _asked(text: str, concepts: tuple[Concept, ...], *, literal: bool) -> _Asked:
    typed = understand(text, concepts)
    counts = _counts(typed.words, typed)
    guess = None if literal else _guess(typed, counts, concepts)
    if guess is None:
        words = finding.rarities(typed.words, counts)
        return _Asked(typed, words, [*typed.letters, *typed.words], None, counts)
    meant = understand(guess, concepts)
    held = {word: share for word, share in typed.words.items() if counts.get(word)}
    shares = {word: share * weights.MEANT_WORD for word, share in meant.words.items()} | held
    highlighted = dict.fromkeys([*meant.letters, *meant.words, *typed.letters, *typed.words])
    counts = _counts(shares, meant)
    words = finding.rarities(shares, counts)
    return _Asked(meant, words, list(highlighted), guess, counts)


def _counts(words: Iterable[str], question: Question) -> dict[str, int]:
    return finding.counts([*words, *(concept.slug for concept in question.concepts)])


def _guess(typed: Question, counts: Mapping[str, int], concepts: tuple[Concept, ...]) -> str | None:
    unknown = [word for word in typed.words if not counts.get(word)]
    return rewritten(typed.text, unknown, typed.letters, lexicon_of(concepts), finding.heard)


def _weights(asked: _Asked) -> tuple[dict[str, int], dict[str, int]]:
    """Terms that find guides, and terms that only change their order, with their weights."""
    whole = max(sum(asked.words.values()), weights.WORDS_ENOUGH)
    finding = {
        word: round(weights.IMPACT * weights.WORDS * worth / whole)
        for word, worth in asked.words.items()
        if worth
    }
    question = asked.question
    covered = {concept: share for concept, share in question.concepts.items() if concept.covered}
    for concept, share in covered.items():
        finding[concept.slug] = round(weights.IMPACT * weights.CONCEPTS[concept.kind] * share)
    return finding, _ordering(question)


def _ordering(asked: Question) -> dict[str, int]:
    also = {f"intent:{asked.intent}": weights.IMPACT * weights.INTENT}
    happened = any(concept.happened for concept in asked.said)
    wanted = weights.KINDS_AFTER_EVENTS if happened else weights.KINDS
    for kind, points in wanted[asked.intent].items():
        also[f"kind:{kind}"] = weights.IMPACT * points
    return also


def _answers(hit: Hit, asked: Question, terms: Mapping[str, int]) -> bool:
    """Whether a guide speaks of enough of what was asked; of the product alone is not enough."""
    about = [term for term in terms if not term.startswith("product:")]
    named = any(":" in term for term in about)
    if not named:
        about = list(terms)
    brought = sum(hit.points.get(term, 0) for term in about)
    wanted = weights.IMPACT * sum(terms[term] for term in about)
    uncovered = sum(not concept.covered for concept in asked.said) * weights.UNCOVERED
    wanted += weights.IMPACT**2 * uncovered
    return brought >= (weights.ENOUGH if named else weights.ENOUGH_WORDS) * wanted


def _near_the_best(hits: list[Hit], also: Iterable[str]) -> list[Hit]:
    """Without those that only share a word or a product with the question."""
    said = [hit.score - sum(hit.points.get(term, 0) for term in also) for hit in hits]
    enough = weights.NEAR * max(said, default=0)
    return [hit for hit, points in zip(hits, said, strict=True) if points >= enough]


def _ranked(rows: Sequence[finding.Row], terms: Mapping[str, int]) -> list[Hit]:
    points: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for key, term, impact in rows:
        points[key][term] = impact * terms[term]
    hits = [Hit(key, sum(brought.values()), brought) for key, brought in points.items()]
    return sorted(hits, key=lambda hit: (-hit.score, hit.key))


def _preferred(hits: list[Hit], prefer: Callable[[int], Any] | None) -> list[Hit]:
    return sorted(hits, key=lambda hit: (-hit.score, prefer(hit.key))) if prefer else hits
