"""Words by their sound, for guessing what was meant: concepts' phrases, and everyday words."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product as product_of

from guides.search import chinese
from guides.search.concepts import GAP, Concept
from guides.search.question import EVERYDAY_WORDS

SHORTEST_TO_MEND = 4  # letters; shorter ones are one edit from too much


class Lexicon:
    """`phrases` and `everyday` are by sound; `mended` finds phrases that are one edit away.

    `names` are those of products and tasks.
    """

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.phrases: dict[str, str] = {}
        self.everyday: dict[str, str] = {}
        self.latin: set[str] = set()
        self.names: set[str] = set()
        self.initials: dict[str, str] = {}
        self._shortened: dict[str, str] = {}
        for concept in concepts:
            if concept.kind == "product":
                name = chinese.normalise(concept.name)
                self.initials.setdefault(chinese.initials(name), name)
            if concept.kind != "situation":
                self.names |= {chinese.normalise(phrase) for phrase in concept.phrases}
            for phrase in concept.phrases:
                self._add(phrase)
        self._add_initials_of_pairs(concepts)
        for word in EVERYDAY_WORDS:
            self._add_everyday(word)

    def _add_initials_of_pairs(self, concepts: Sequence[Concept]) -> None:
        """gbhb and hbgb are 关闭花呗: a task and a product, in either order."""
        names = {kind: _names(concepts, kind) for kind in ("task", "product")}
        for task, product in product_of(names["task"], names["product"]):
            one, other = chinese.initials(task), chinese.initials(product)
            for letters in (one + other, other + one):
                self.initials.setdefault(letters, task + product)

    def _add(self, phrase: str) -> None:
        if phrase.isascii():
            for word in chinese.normalise(phrase).split():
                self.latin.add(word)
                self._add_sound(chinese.merged(word), word)
            return
        pieces = [chinese.normalise(piece) for piece in phrase.split(GAP)]
        for piece in filter(chinese.HAN_RUN.fullmatch, pieces):
            if len(piece) > 1:
                self._add_sound(chinese.sound(piece), piece)
            else:
                self._add_everyday(piece)

    def _add_everyday(self, word: str) -> None:
        sound = chinese.sound(word)
        if len(sound) > 1:  # a, e, o are in every run of letters
            self.everyday.setdefault(sound, word)

    def _add_sound(self, sound: str, word: str) -> None:
        self.phrases.setdefault(sound, word)
        for shorter in _shortened(sound):
            self._shortened.setdefault(shorter, sound)

    def mended(self, sound: str) -> str | None:
        """The phrase that sounds like this but for one letter lost, added, changed or swapped."""
        if len(sound) < SHORTEST_TO_MEND:
            return None
        for near in (sound, *_shortened(sound)):
            meant = near if near in self.phrases else self._shortened.get(near)
            if meant and abs(len(meant) - len(sound)) <= 1:
                return self.phrases[meant]
        return None


def _names(concepts: Sequence[Concept], kind: str) -> list[str]:
    return [chinese.normalise(concept.name) for concept in concepts if concept.kind == kind]


def _shortened(sound: str) -> Iterator[str]:
    """All ways of leaving one letter out: two words one edit apart have one of them in common."""
    if len(sound) >= SHORTEST_TO_MEND:
        for at in range(len(sound)):
            yield sound[:at] + sound[at + 1 :]


@lru_cache(maxsize=8)
def lexicon_of(concepts: tuple[Concept, ...]) -> Lexicon:
    return Lexicon(concepts)
