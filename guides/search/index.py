"""Rows in: what the tables hold about guides, each change whole and all counts right."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from guides.search import chinese, postings
from guides.search.concepts import Concept, situations
from guides.search.impacts import Rows, Texts, rows_of
from guides.search.recipe import recipe
from guides.search.statements import BATCH, batched, cursor_for_bytes, insert, places
from guides.search.tables import (
    LINE,
    PHRASE_LENGTH,
    SOUND_LENGTH,
    TYPED_LENGTH,
    SearchEntry,
    SearchHolding,
    SearchPhrase,
    SearchPosting,
    SearchWord,
)

EVERY_GUIDE = SearchWord.EVERY_GUIDE


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
    _replace(made)
    current = recipe(tuple(known))
    SearchEntry.objects.bulk_create(SearchEntry(key=key, recipe=current) for key in made)
    SearchHolding.objects.bulk_create(
        SearchHolding(key=key, terms=LINE.join(sorted(rows.impacts))) for key, rows in made.items()
    )
    phrases = (phrase for guide in guides for phrase in guide.phrases)
    SearchPhrase.objects.bulk_create(phrases, batch_size=BATCH)


@transaction.atomic
def remove(key: int) -> None:
    """Removing what is not there changes nothing."""
    lock()
    _replace({key: None})


def _replace(changes: Mapping[int, Rows | None]) -> None:
    held = _held(changes)
    _settle_counts(changes, held)
    _settle_postings(changes, held)
    for table in (SearchEntry, SearchHolding, SearchPhrase):
        table._default_manager.filter(key__in=list(changes)).delete()


def lock() -> None:
    """Until the transaction ends; first by all writers, so that no two wait for each other."""
    SearchWord.objects.get_or_create(term=EVERY_GUIDE)
    SearchWord.objects.select_for_update().get(term=EVERY_GUIDE)


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


# --- Postings ----------------------------------------------------------------------------------

READ = "SELECT term, impacts FROM guides_searchposting WHERE block = %s AND term IN ({})"
POSTINGS = """
INSERT INTO guides_searchposting (term, block, impacts) {}
ON CONFLICT (term, block) DO UPDATE SET impacts = EXCLUDED.impacts
"""
Impacts = dict[int, int]  # by key; 0 where a guide no longer holds the term


def _settle_postings(changes: Mapping[int, Rows | None], held: Mapping[int, Iterable[str]]) -> None:
    """Block by block; what stays as it was is not written."""
    blocks: defaultdict[int, defaultdict[str, Impacts]] = defaultdict(lambda: defaultdict(dict))
    for key, rows in changes.items():
        block = blocks[postings.block_of(key)]
        for term in held.get(key, ()):
            block[term][key] = 0
        for term, impact in (rows.impacts if rows else {}).items():
            block[term][key] = impact
    for number, terms in blocks.items():
        terms.pop(EVERY_GUIDE, None)
        _settle_block(number, terms)


def _settle_block(block: int, changes: Mapping[str, Impacts]) -> None:
    before = _block(block, sorted(changes))
    now = {
        term: postings.changed(before.get(term, b""), impacts) for term, impacts in changes.items()
    }
    kept = [
        (term, block, packed)
        for term, packed in sorted(now.items())
        if packed and packed != before.get(term)
    ]
    insert(connection, POSTINGS, "text bigint bytea", kept)
    gone = [term for term in before if not now[term]]
    for batch in batched(gone):
        SearchPosting.objects.filter(block=block, term__in=batch).delete()


def _block(block: int, terms: Sequence[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    with cursor_for_bytes(connection) as cursor:
        for batch in batched(terms):
            cursor.execute(READ.format(places(batch)), [block, *batch])
            found |= dict(cursor.fetchall())
    return found


# --- Counts ------------------------------------------------------------------------------------


WORDS = """
INSERT INTO guides_searchword (term, guides, sound) {}
ON CONFLICT (term) DO UPDATE SET guides = EXCLUDED.guides, sound = EXCLUDED.sound
"""


@dataclass
class _Word:
    guides: int = 0
    sound: str = ""


def _settle_counts(changes: Mapping[int, Rows | None], held: Mapping[int, list[str]]) -> None:
    """Counts what the guides hold now out and what they will hold in, one guide after the other."""
    made = [rows.impacts for rows in changes.values() if rows]
    terms = sorted({EVERY_GUIDE}.union(*held.values(), *made))
    before = _words(terms)
    words = {term: _Word(*before.get(term, (0, ""))) for term in terms}
    for key, rows in changes.items():
        _count_out(words, held.get(key, ()))
        if rows:
            _count_in(words, rows)
    _write(words, before)


def _held(changes: Mapping[int, Rows | None]) -> dict[int, list[str]]:
    """The terms each of the keys holds; EVERY_GUIDE stands for being in the index."""
    counted = SearchEntry.objects.filter(key__in=list(changes)).values_list("key", flat=True)
    held = {key: [EVERY_GUIDE] for key in counted}
    rows = SearchHolding.objects.filter(key__in=list(changes)).values_list("key", "terms")
    for key, terms in rows:
        held.setdefault(key, []).extend(filter(None, terms.split(LINE)))
    known = {key for key, _terms in rows}
    lost = {key for key in changes if key not in known and (key in held or changes[key] is None)}
    for key, term in _looked_through(lost):
        held.setdefault(key, []).append(term)
    return held


def _looked_through(keys: set[int]) -> Iterator[tuple[int, str]]:
    """What keys hold of which nothing is written down: every posting near them is read."""
    blocks = {postings.block_of(key) for key in keys}
    rows = SearchPosting.objects.filter(block__in=blocks).values_list("term", "block", "impacts")
    for term, block, packed in rows.iterator() if keys else ():
        for key in keys & postings.unpacked(block, packed).keys():
            yield key, term


def _words(terms: Sequence[str]) -> dict[str, tuple[int, str]]:
    rows = (
        SearchWord.objects.filter(term__in=batch).values_list("term", "guides", "sound")
        for batch in batched(terms)
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
    insert(connection, WORDS, "text int text", kept)
    gone = [term for term in before if not now[term][0] and term != EVERY_GUIDE]
    for batch in batched(gone):
        SearchWord.objects.filter(term__in=batch).delete()
