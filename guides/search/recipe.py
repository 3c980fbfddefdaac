"""By what the rows of a guide are made, in few letters: rows of another recipe are out of date."""

import hashlib
from functools import lru_cache
from importlib.metadata import version

from guides.search import chinese, weights
from guides.search.concepts import Concept
from guides.search.question import INTENTS, STOP_WORDS
from guides.search.tables import RECIPE_LENGTH

SCHEME = 1  # raise it when index.py makes other rows from the same ingredients
LIBRARIES = ("rjieba", "OpenCC", "pypinyin")
# What only questions depend on is no ingredient: it changes no row.
INGREDIENTS = (
    SCHEME,
    [(name, version(name)) for name in LIBRARIES],
    chinese.DOMAIN_WORDS,
    sorted(chinese.SOUNDS.items()),
    chinese.MERGED,
    sorted(STOP_WORDS),
    [(intent, pattern.pattern) for intent, pattern in INTENTS],
    (weights.IMPACT, weights.SATURATION, sorted(weights.FIELDS.items())),
    (sorted(weights.SAID_IN.items()), weights.SAID_ENOUGH),
    (weights.DECLARED, weights.DECLARED_AMONG_OTHERS),
)


@lru_cache(maxsize=8)
def recipe(known: tuple[Concept, ...]) -> str:
    """The same in every process for the same code, libraries and situations."""
    said = sorted((concept.slug, concept.phrases) for concept in known)
    written = repr((INGREDIENTS, said)).encode()
    return hashlib.sha256(written).hexdigest()[:RECIPE_LENGTH]
