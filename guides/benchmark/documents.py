"""Guides and questions made up: as long and as wordy as real ones, the same in every run."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from guides.benchmark.words import RARE_NAMES, by_frequency, rare_name
from guides.search import STOP_WORDS, Concept, Texts

KINDS = ("procedure", "procedure", "procedure", "risk", "risk", "case")
QUESTION_FORMS = (
    "{product}怎么{task}",
    "{product}{task}以后会怎样",
    "为什么{product}{situation}",
    "{product}{situation}怎么办",
    "{situation}，{product}还能{task}吗",
    "{task}{product}要多久",
    "我的{product}{word}{situation}是怎么回事",
    "{product}{task}需要{word}吗",
)
OWN_WORDS = 60
SHARED_WITH_SIGNED_IN = 10  # one guide in so many is not for everybody


@dataclass(frozen=True)
class Made:
    """A made-up guide; `number` counts from 1."""

    number: int
    texts: Texts
    open_to_all: bool


class Writer:
    """Writes about the portal's products, tasks and situations."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.products = [concept for concept in concepts if concept.kind == "product"]
        self.tasks = [concept for concept in concepts if concept.kind == "task"]
        self.said = [
            phrase.replace("…", "")
            for concept in concepts
            if concept.kind == "situation"
            for phrase in concept.phrases
        ]

    def guide(self, number: int) -> Made:
        chance = _chance(f"guide {number}")
        product, task = chance.choice(self.products), chance.choice(self.tasks)
        names = " ".join(_names(chance))
        texts = Texts(
            title=f"{task.name}{product.name}：{_phrase(chance, 2)}{names}",
            aliases=[self._asked(chance, product, task) for _each in range(chance.randint(3, 6))],
            headings=[_phrase(chance, 3) for _each in range(chance.randint(3, 6))],
            summary=f"{product.name}{chance.choice(self.said)}时怎样{task.name}，{_sentence(chance)}",
            body=self._body(chance, product, task, names),
            concepts=[product.slug, task.slug],
            kind=chance.choice(KINDS),
        )
        return Made(number, texts, bool(chance.randrange(SHARED_WITH_SIGNED_IN)))

    def _body(self, chance: random.Random, product: Concept, task: Concept, names: str) -> str:
        about = [product.name, task.name, chance.choice(self.said), names]
        # A text says its own words again and again.
        own = chance.choices(by_frequency(), cum_weights=_frequencies(), k=OWN_WORDS)
        sentences = [_repeating(chance, own) for _each in range(chance.randint(10, 30))]
        for words in about:
            sentences.insert(chance.randrange(len(sentences)), f"{words}{_sentence(chance)}")
        return "".join(sentences)

    def _asked(self, chance: random.Random, product: Concept, task: Concept) -> str:
        return chance.choice(QUESTION_FORMS).format(
            product=_a_name(chance, product),
            task=_a_name(chance, task),
            situation=chance.choice(self.said),
            word=_phrase(chance, 1),
        )

    # --- What is asked -------------------------------------------------------------------------

    def questions(self, number: int) -> Iterator[str]:
        """Whole questions as people put them: with slips now and then, some in two parts."""
        for each in range(number):
            chance = _chance(f"question {each}")
            product, task = chance.choice(self.products), chance.choice(self.tasks)
            asked = self._asked(chance, product, task)
            if chance.randrange(4) == 0:
                asked += f"，{_phrase(chance, 3)}"
            if chance.randrange(10) == 0:
                asked = f"{rare_name(chance.randrange(RARE_NAMES))} {asked}"
            yield asked

    def common_words(self, number: int) -> Iterator[str]:
        common = [word for word in by_frequency()[:80] if word not in STOP_WORDS]
        for each in range(number):
            chance = _chance(f"common {each}")
            yield "".join(chance.sample(common, chance.randint(1, 3)))

    def rare_words(self, number: int) -> Iterator[str]:
        for each in range(number):
            chance = _chance(f"rare {each}")
            words = chance.sample(by_frequency()[1500:], 2)
            yield f"{rare_name(chance.randrange(RARE_NAMES))} {''.join(words)}"

    def typing(self, number: int) -> Iterator[str]:
        """What stands in the field after each letter of a question."""
        for asked in self.questions(number):
            letters = asked[: _chance(asked).randint(1, len(asked))]
            yield letters


def _chance(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same for ever, not secret


@cache
def _frequencies() -> list[float]:
    """Zipf: the tenth word is a tenth as frequent as the first."""
    return list(accumulate(1 / (rank + 3) for rank in range(len(by_frequency()))))


def _phrase(chance: random.Random, words: int) -> str:
    return "".join(chance.choices(by_frequency(), cum_weights=_frequencies(), k=words))


def _sentence(chance: random.Random) -> str:
    return f"{_phrase(chance, chance.randint(4, 9))}，{_phrase(chance, chance.randint(2, 6))}。"


def _repeating(chance: random.Random, own: Sequence[str]) -> str:
    words = "".join(chance.choices(own, k=chance.randint(2, 6)))
    return f"{words}{_phrase(chance, 1)}，{''.join(chance.choices(own, k=chance.randint(2, 6)))}。"


def _names(chance: random.Random) -> list[str]:
    """Names and numbers that hardly any other guide has."""
    return [rare_name(chance.randrange(RARE_NAMES)), f"x{chance.randrange(10**5)}"]


def _a_name(chance: random.Random, concept: Concept) -> str:
    """The first name more often than any other."""
    return chance.choice([concept.name, concept.name, *concept.phrases])
