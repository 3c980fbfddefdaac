"""Why a key stands where it stands: what each term brought, in the units of weights.py."""

from dataclasses import dataclass

from guides.search import weights
from guides.search.matching import Hit, Match


@dataclass(frozen=True)
class Reason:
    """`impact` is 1 where a term fills a guide; times `weight` it gives the points."""

    term: str
    impact: float
    weight: float
    points: float


@dataclass(frozen=True)
class Explanation:
    points: float
    reasons: list[Reason]  # what brought most first


def explain(found: Match) -> dict[int, Explanation]:
    return {hit.key: _explanation(hit, found) for hit in found.hits}


def _explanation(hit: Hit, found: Match) -> Explanation:
    brought = sorted(hit.points.items(), key=lambda each: (-each[1], each[0]))
    reasons = [_reason(term, points, found.worth[term]) for term, points in brought]
    return Explanation(hit.score / weights.IMPACT**2, reasons)


def _reason(term: str, points: int, worth: int) -> Reason:
    impact = points / worth / weights.IMPACT if worth else 0.0
    return Reason(term, impact, worth / weights.IMPACT, points / weights.IMPACT**2)
