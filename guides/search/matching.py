"""A question in, keys in their order out."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from guides.search import finding, weights
from guides.search.concepts import Concept
from guides.search.lexicon import lexicon_of
from guides.search.question import Intent, Question, understand
from guides.search.rewriting import rewritten
from guides.search.scoring import Row


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

    def preferring(self, prefer: Callable[[int], Any]) -> "Match":
        """Among keys of the very same score the one first whose `prefer` is least."""
        hits = sorted(self.hits, key=lambda hit: (-hit.score, prefer(hit.key)))
        return replace(self, hits=hits)


def match(
    question: str,
    allowed: QuerySet[Any],
    *,
    concepts: Sequence[Concept],
    limit: int = 50,
    literal: bool = False,
) -> Match:
    """The allowed keys that answer a question, best first.

    `concepts` are the products and tasks of the portal and its `situations()`. `literal` searches
    the question as it was typed, without guessing at sounds and slips. Keys of the very same score
    stand in their own order.
    """
    postings = finding.Postings(allowed.db)
    asked = _asked(question, tuple(concepts), postings, literal=literal)
    terms, also = _weights(asked)
    worth = {**terms, **also}
    rows = finding.best(postings, terms, also, allowed, weights.CANDIDATES)
    hits = _near_the_best(_ranked(rows, worth), also)
    return Match(
        hits=hits[:limit],
        terms=list(asked.highlighted),
        understood=list(asked.question.said),
        rewritten=asked.rewritten,
        intent=asked.question.intent,
        strong=bool(hits) and _answers(hits[0], asked.question, terms),
        total=len(hits),
        worth=worth,
    )


@dataclass(frozen=True)
class _Asked:
    """A question as it is searched: `words` with their weights, rarity included."""

    question: Question
    words: Mapping[str, float]
    highlighted: Sequence[str]
    rewritten: str | None


def _asked(
    text: str, concepts: tuple[Concept, ...], postings: finding.Postings, *, literal: bool
) -> _Asked:
    typed = understand(text, concepts)
    postings.read(_terms(typed))
    held = {word: share for word, share in typed.words.items() if postings.held(word)}
    guess = None if literal else _guess(typed, held, concepts)
    if guess is None:
        highlighted = [*typed.letters, *typed.words]
        return _Asked(typed, _rarities(typed.words, postings), highlighted, None)
    meant = understand(guess, concepts)
    postings.read(_terms(meant))
    shares = {word: share * weights.MEANT_WORD for word, share in meant.words.items()} | held
    highlighted = [*meant.letters, *meant.words, *typed.letters, *typed.words]
    return _Asked(meant, _rarities(shares, postings), list(dict.fromkeys(highlighted)), guess)


def _terms(question: Question) -> list[str]:
    """All that its guides may be found by or ordered by."""
    return [*question.words, *(each.slug for each in question.concepts), *_ordering(question)]


def _guess(typed: Question, held: Collection[str], concepts: tuple[Concept, ...]) -> str | None:
    unknown = [word for word in typed.words if word not in held]
    return rewritten(typed.text, unknown, typed.letters, lexicon_of(concepts), finding.heard)


def _rarities(shares: Mapping[str, float], postings: finding.Postings) -> dict[str, float]:
    """Each word's share of how rare it is."""
    every = postings.every
    return {
        word: share * finding.rarity(postings.held(word), every) for word, share in shares.items()
    }


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


def _ranked(rows: Sequence[Row], terms: Mapping[str, int]) -> list[Hit]:
    points: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for key, term, impact in rows:
        points[key][term] = impact * terms[term]
    hits = [Hit(key, sum(brought.values()), brought) for key, brought in points.items()]
    return sorted(hits, key=lambda hit: (-hit.score, hit.key))
