"""Search: put, remove, match, suggest. Knows keys, text and concepts, never a guide."""

from guides.search.chinese import normalise, terms, words
from guides.search.concepts import Concept, situations
from guides.search.explaining import Explanation, explain
from guides.search.impacts import Texts, speaks_of
from guides.search.index import Prepared, lock, prepare, put, put_many, put_prepared, remove
from guides.search.matching import Hit, Match, match
from guides.search.question import STOP_WORDS, Intent
from guides.search.snippet import Passage, Snippet, highlighted, snippet
from guides.search.suggesting import Suggestion, suggest
from guides.search.upkeep import current_recipe, holding, keys, recount

__all__ = [
    "STOP_WORDS",
    "Concept",
    "Explanation",
    "Hit",
    "Intent",
    "Match",
    "Passage",
    "Prepared",
    "Snippet",
    "Suggestion",
    "Texts",
    "current_recipe",
    "explain",
    "highlighted",
    "holding",
    "keys",
    "lock",
    "match",
    "normalise",
    "prepare",
    "put",
    "put_many",
    "put_prepared",
    "recount",
    "remove",
    "situations",
    "snippet",
    "speaks_of",
    "suggest",
    "terms",
    "words",
]
