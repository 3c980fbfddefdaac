"""What a question says: concepts, intent, words. Pure: no database, no guides."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from guides.search import weights
from guides.search.chinese import HAN_RUN, normalise, terms
from guides.search.concepts import Concept, Sighting, sightings


class Intent(StrEnum):
    WHY = "why"
    HOW = "how"
    WHEN = "when"
    CAN = "can"
    EFFECT = "effect"
    WHERE = "where"
    EXAMPLE = "example"
    NONE = "none"


# In the order of trust: the first that is found wins.
INTENT_WORDS = (
    (Intent.EXAMPLE, "案例|例子|事例|真实|example|case study"),
    (
        Intent.WHY,
        "为什么|为何|为啥|为嘛|为甚|干嘛|怎么回事|咋个?回事|原因|(什么|啥)情况|凭什么|凭啥|why|reason",
    ),
    (
        Intent.EFFECT,
        "会不会|影响|后果|会怎样|会怎么样|有什么风险|出来吗|是不是就|就有|就能|effect|happens",
    ),
    (
        Intent.WHEN,
        "什么时候|什么时间|何时|多久|几天|多少天|多长时间|最长时间|啥时候|啥时|几时|when|how long",
    ),
    (Intent.HOW, "怎么办|什么办|咋办|咋整|怎么弄|怎么操作|如何|怎样|怎么|咋|啷个|步骤|流程|how"),
    (Intent.WHERE, "在哪|哪里|哪儿|入口|where"),
    (Intent.CAN, "能不能|可不可以|可以|能否|可否|是否|还能|能.*吗|行吗|can i|could"),
)
INTENTS = tuple((intent, re.compile(pattern)) for intent, pattern in INTENT_WORDS)
# After something that happened, a bare 怎么 asks why: 怎么用不了, but 用不了怎么办.
REMEDY = re.compile(
    "(怎么|咋个?|啷个)(办|弄|整|搞|破|操作|处理|解|才|样才|恢复|找回|开通|开启|打开|启用|重新|申诉|联系|再)"
    "|什么办|如何|怎样|怎么.{0,6}(恢复|找回|回来|解冻|解封|解除)|找谁|how"
)
# Who complains of something that happened without asking anything wants to know why.
COMPLAINT = re.compile(
    "无缘无故|无故|莫名|平白|突然|忽然|明明|居然|竟然|却|从没|从来|没有?逾期|按时|好好的|好端端"
)

# Read for intent first, and only then left out.
STOP_WORD_LIST = """
的 了 吗 呢 吧 啊 呀 哦 么 嘛 啦 我 你 您 他 她 它 我们 你们 他们 自己 是 在 有 和 与 就 都 也
还 又 很 太 这 那 这个 那个 个 一个 一 把 被 给 让 叫 请 请问 问 想 要 会 能 可以 不 没 没有 不是
怎么 怎样 怎么样 如何 什么 为什么 为何 为啥 咋 咋办 怎么办 咋整 时候 什么样 哪 哪里 多久 现在
已经 然后 但是 可是 因为 所以 如果 之后 以后 之前 以前 后 前 时 上 下 里 里面 中 到 从 对 说 做 弄
搞 用 使用 能不能 可不可以 是不是 会不会 有没有 一下 一直 还是 不能 不可以 支付宝 蚂蚁
却 才 再 着 过 得 地 而 但 或 或者 并 并且 而且 虽然 不过 只是 只有 就是 也是 都是 于是 为了 关于
对于 以及 其 某 各 每 些 一些 有些 那么 这么 这样 那样 多少 不了 不到 不会 不要 不行 行不行 可 行
好 好的 好像 大概 可能 也许 应该 需要 一定 突然 忽然 刚 刚刚 刚才 今天 昨天 目前 当前 正在 到底
究竟 导致 造成 地方 东西 事情 情况 问题 办法 方法 处理 解决 客服 你好 您好 谢谢 麻烦 帮 帮忙 出来
进去 起来 下来 出 进 去 来 先 等 啥 谁 嘛 呀
the a an is are do does to of in on my i it how can what why when
"""
STOP_WORDS = frozenset(STOP_WORD_LIST.split())
# Words that carry a question's intent or nothing; pinyin is read with them, two letters first.
EVERYDAY_WORDS = sorted(
    {
        *(word for word in STOP_WORDS if not word.isascii()),
        *(word for _intent, pattern in INTENT_WORDS for word in HAN_RUN.findall(pattern)),
    },
    key=lambda word: (-len(word), word),
)


@dataclass(frozen=True)
class Question:
    text: str
    said: tuple[Concept, ...]
    concepts: dict[Concept, float]  # what is said, and what it means besides, with its share
    intent: Intent
    words: dict[str, float]  # word -> its share: less where a concept speaks for it
    letters: tuple[str, ...]  # those that said the concepts


def understand(text: str, concepts: Sequence[Concept]) -> Question:
    spoken = normalise(text[: 2 * weights.QUESTION_LETTERS])[: weights.QUESTION_LETTERS]
    seen = sightings(spoken, concepts)
    places = [place for sighting in seen for place in sighting.places]
    kept = _without_overridden(seen)
    return Question(
        text=spoken,
        said=tuple(sighting.concept for sighting in kept),
        concepts=_with_meant(_shared(kept), concepts),
        intent=_intent(spoken, [sighting.concept for sighting in kept]),
        words=_words(spoken, places),
        letters=tuple(dict.fromkeys(spoken[start:end] for start, end in places)),
    )


def _intent(text: str, said: Sequence[Concept]) -> Intent:
    found = next((intent for intent, pattern in INTENTS if pattern.search(text)), Intent.NONE)
    happened = any(concept.happened for concept in said)
    if found is Intent.HOW and happened and not REMEDY.search(text):
        return Intent.WHY
    if found is Intent.NONE and happened and COMPLAINT.search(text):
        return Intent.WHY
    return found


def _without_overridden(seen: Sequence[Sighting]) -> list[Sighting]:
    replaced = {slug for sighting in seen for slug in sighting.concept.overrides}
    return [sighting for sighting in seen if sighting.concept.slug not in replaced]


def _shared(seen: Sequence[Sighting]) -> dict[Concept, float]:
    """Concepts said by the very same letters share what those are worth."""
    speakers = Counter(place for sighting in seen for place in sighting.places)
    return {
        sighting.concept: max(1 / speakers[place] for place in sighting.places) for sighting in seen
    }


def _with_meant(said: Mapping[Concept, float], concepts: Sequence[Concept]) -> dict[Concept, float]:
    meant = {slug for concept in said for slug in concept.means}
    shares = {concept: weights.MEANT for concept in concepts if concept.slug in meant}
    context = weights.CONTEXT if any(concept.happened for concept in said) else 1.0
    for concept, share in said.items():
        beside = concept.kind == "situation" and not concept.happened
        shares[concept] = max(shares.get(concept, 0), share * (context if beside else 1))
    return shares


def _words(text: str, places: list[tuple[int, int]]) -> dict[str, float]:
    """The words worth looking for; those that a concept covers count a third."""
    open_text = _blanked(text, places)
    free = set(terms(open_text))
    shares = {
        word: (1.0 if word in free else weights.COVERED_WORD) * _telling(word)
        for word in terms(text)
        if word not in STOP_WORDS
    }
    return dict(list(shares.items())[: weights.QUESTION_WORDS])


def _telling(word: str) -> float:
    """A single character stands in many words: it tells little."""
    return weights.SINGLE_CHARACTER if HAN_RUN.fullmatch(word) and len(word) == 1 else 1.0


def _blanked(text: str, places: list[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in places:
        letters[start:end] = " " * (end - start)
    return "".join(letters)
