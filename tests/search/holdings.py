"""What the index holds about guides, read from its bytes."""

from guides.search.postings import unpacked
from guides.search.tables import SearchEntry, SearchHolding, SearchPhrase, SearchPosting, SearchWord

TABLES = (SearchEntry, SearchHolding, SearchPhrase, SearchPosting, SearchWord)


def rows() -> set[tuple[int, str, int]]:
    """Every guide's terms with their impacts."""
    found = SearchPosting.objects.values_list("term", "block", "impacts")
    return {
        (key, term, impact)
        for term, block, packed in found
        for key, impact in unpacked(block, packed).items()
    }


def emptied() -> None:
    for table in TABLES:
        table._default_manager.all().delete()
