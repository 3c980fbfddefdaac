"""Rows in: what the tables hold about guides, each change whole and all counts right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from guides.search import chinese
from guides.search.concepts import Concept, situations
from guides.search.impacts import Rows, Texts, rows_of
from guides.search.recipe import recipe
from guides.search.tables import (
    PHRASE_LENGTH,
    SOUND_LENGTH,
    TYPED_LENGTH,
    SearchEntry,
    SearchPhrase,
    SearchTerm,
    SearchWord,
)

EVERY_GUIDE = SearchWord.EVERY_GUIDE
BATCH = 500


@dataclass(frozen=True)
class Prepared:
    """All that is put into the index about a guide, worked out before the index is locked."""

    key: int
    rows: Rows
    phrases: tuple[SearchPhrase, ...]


def prepare(key: int, texts: Texts, known: Sequence[Concept]) -> Prepared:
    """`known` are all `situations()`. Asks no database."""
    return Prepared(key, rows_of(texts, known), tuple(_phrases(key, texts)))


def put(key: int, texts: Texts) -> None:
    """Replaces what the index holds about a guide."""
    put_many({key: texts})


@transaction.atomic
def put_many(texts: Mapping[int, Texts]) -> None:
    """The same as `put` for each of them in turn, in far fewer statements."""
    lock()
    # Read with the index locked: phrases that change meanwhile wait, and find this guide changed.
    known = situations()
    put_prepared([prepare(key, each, known) for key, each in texts.items()], known)


@transaction.atomic
def put_prepared(guides: Sequence[Prepared], known: Sequence[Concept]) -> None:
    lock()
    made = {guide.key: guide.rows for guide in guides}
    _settle_counts(made)
    _clear(list(made))
    current = recipe(tuple(known))
    SearchEntry.objects.bulk_create(SearchEntry(key=key, recipe=current) for key in made)
    _insert(TERM_ROWS, _in_the_order_of_the_index(made))
    phrases = (phrase for guide in guides for phrase in guide.phrases)
    SearchPhrase.objects.bulk_create(phrases, batch_size=BATCH)


@transaction.atomic
def remove(key: int) -> None:
    """Removing what is not there changes nothing."""
    lock()
    _settle_counts({key: None})
    _clear([key])


def lock() -> None:
    """Until the transaction ends; first by all writers, so that no two wait for each other."""
    SearchWord.objects.get_or_create(term=EVERY_GUIDE)
    SearchWord.objects.select_for_update().get(term=EVERY_GUIDE)


def _clear(keys: list[int]) -> None:
    for table in (SearchEntry, SearchTerm, SearchPhrase):
        table._default_manager.filter(key__in=keys).delete()


def _phrases(key: int, texts: Texts) -> Iterator[SearchPhrase]:
    for phrase in dict.fromkeys([texts.title, *texts.aliases]):
        text = chinese.normalise(phrase)
        yield SearchPhrase(
            key=key,
            shown=chinese.readable(phrase)[:PHRASE_LENGTH],
            text=text[:PHRASE_LENGTH],
            beginning=text[:TYPED_LENGTH].encode(),
            sound=chinese.sound(text)[:TYPED_LENGTH].encode(),
            initials=chinese.initials(text)[:TYPED_LENGTH].encode(),
        )


# --- Rows by the thousand ----------------------------------------------------------------------

TERM_ROWS = "INSERT INTO guides_searchterm (key, term, impact) VALUES {}"
WORD_ROWS = """
INSERT INTO guides_searchword (term, guides, sound) VALUES {}
ON CONFLICT (term) DO UPDATE SET guides = EXCLUDED.guides, sound = EXCLUDED.sound
"""


def _in_the_order_of_the_index(made: Mapping[int, Rows]) -> list[tuple[int, str, int]]:
    """Neighbours in the index one after the other: its pages are then written once."""
    rows = [(key, *row) for key, each in made.items() for row in each.impacts.items()]
    return sorted(rows, key=lambda row: (row[1], -row[2], row[0]))


def _insert(statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """A guide has hundreds of rows; making a model of each takes longer than writing them."""
    with connection.cursor() as cursor:
        for batch in _batches(rows):
            values = ", ".join(["(%s, %s, %s)"] * len(batch))
            cursor.execute(statement.format(values), [value for row in batch for value in row])


def _batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))


# --- Counts ------------------------------------------------------------------------------------


@dataclass
class _Word:
    guides: int = 0
    sound: str = ""


def _settle_counts(changes: Mapping[int, Rows | None]) -> None:
    """Counts what the guides hold now out and what they will hold in, one guide after the other."""
    held = _held(list(changes))
    made = [rows.impacts for rows in changes.values() if rows]
    terms = sorted({EVERY_GUIDE}.union(*held.values(), *made))
    before = _words(terms)
    words = {term: _Word(*before.get(term, (0, ""))) for term in terms}
    for key, rows in changes.items():
        _count_out(words, held.get(key, ()))
        if rows:
            _count_in(words, rows)
    _write(words, before)


def _held(keys: list[int]) -> dict[int, list[str]]:
    """The terms each of the keys holds; EVERY_GUIDE stands for being in the index."""
    counted = SearchEntry.objects.filter(key__in=keys).values_list("key", flat=True)
    held = {key: [EVERY_GUIDE] for key in counted}
    for key, term in SearchTerm.objects.filter(key__in=keys).values_list("key", "term"):
        held.setdefault(key, []).append(term)
    return held


def _words(terms: Sequence[str]) -> dict[str, tuple[int, str]]:
    rows = (
        SearchWord.objects.filter(term__in=batch).values_list("term", "guides", "sound")
        for batch in _batches(terms)
    )
    return {term: (guides, sound) for batch in rows for term, guides, sound in batch}


def _count_out(words: Mapping[str, _Word], terms: Iterable[str]) -> None:
    for term in terms:
        word = words[term]
        word.guides -= 1
        if word.guides <= 0 and term != EVERY_GUIDE:
            word.guides, word.sound = 0, ""


def _count_in(words: Mapping[str, _Word], rows: Rows) -> None:
    for term in (EVERY_GUIDE, *rows.impacts):
        words[term].guides += 1
    for term in rows.named & rows.impacts.keys():
        words[term].sound = words[term].sound or chinese.sound(term)[:SOUND_LENGTH]


def _write(words: Mapping[str, _Word], before: Mapping[str, tuple[int, str]]) -> None:
    """Only what has changed."""
    now = {term: (word.guides, word.sound) for term, word in words.items()}
    kept = [
        (term, *state)
        for term, state in now.items()
        if (state[0] or term == EVERY_GUIDE) and state != before.get(term)
    ]
    _insert(WORD_ROWS, kept)
    gone = [term for term in before if not now[term][0] and term != EVERY_GUIDE]
    for batch in _batches(gone):
        SearchWord.objects.filter(term__in=batch).delete()
