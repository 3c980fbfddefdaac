"""Chinese taken apart: one spelling, words, sounds. The only importer of the three libraries."""

import re
import unicodedata
from functools import cache, lru_cache

import opencc
import pypinyin
import rjieba

# Names the segmenter's dictionary lacks or cuts apart. A fixed list: what a word is must not
# depend on which rows a database holds.
DOMAIN_WORDS = """
借呗 花呗 网商贷 网商银行 余额宝 蚂蚁借呗 蚂蚁花呗 芝麻信用 芝麻分 解绑 换绑 绑卡 换卡 多头授信 授信
风控 降额 提额 扣款 销户 征信 供应链金融 应收账款 双重验证 验证码 盗刷 提现 微粒贷 还款卡 银行卡
身份证 手机号 用不了 借不了 关不了 开不了
"""
FREQUENT = 1_000_000
UNWANTED = {"Cc", "Cf", "Cs", "Co", "Cn"}  # control, format, lone surrogates, unassigned

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN_RUN = re.compile(f"[{HAN}]+")
WORD_RUN = re.compile(r"\w+")
# Where the dictionary of sounds takes the rarer reading.
SOUNDS = {
    "还卡": "huán kǎ",
    "还款": "huán kuǎn",
    "还清": "huán qīng",
    "还完": "huán wán",
    "还钱": "huán qián",
}
# Sounds that typists mix up, south and north: zh/z, ch/c, sh/s, -ng/-n, n/l at a word's start.
MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


@cache
def _segmenter() -> rjieba.Jieba:
    jieba = rjieba.Jieba()
    for word in DOMAIN_WORDS.split():
        jieba.add_word(word, FREQUENT, None)
    return jieba


def _teach_sounds() -> None:
    pypinyin.load_single_dict({ord("卡"): "kǎ"})
    pypinyin.load_phrases_dict(
        {word: [[each] for each in sound.split()] for word, sound in SOUNDS.items()}
    )


_teach_sounds()


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def readable(text: str) -> str:
    """Without what no library and no database takes: lone surrogates, control characters."""
    if text.isprintable():  # nothing of the kind, and hundreds of times as fast to tell
        return text
    return "".join(" " if unicodedata.category(letter) in UNWANTED else letter for letter in text)


def normalise(text: str) -> str:
    """One spelling: width, case, simplified characters, single spaces."""
    folded = unicodedata.normalize("NFKC", readable(text)).casefold()
    simplified: str = _simplifier().convert(readable(folded))
    return " ".join(simplified.split())


def words(text: str) -> list[str]:
    """The text cut into words, nothing lost: joined they are the text again."""
    if text.isascii():
        return re.findall(r"\s+|[^\s]+", text)
    safe = "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    cut: list[str] = _segmenter().cut(safe)
    return _in_the_letters_of(text, cut)


def _in_the_letters_of(text: str, cut: list[str]) -> list[str]:
    start, pieces = 0, []
    for word in cut:
        pieces.append(text[start : start + len(word)])
        start += len(word)
    return pieces


def terms(text: str) -> list[str]:
    """The words of normalised text for the index: long words and the words inside them."""
    return [word for word in _segmenter().cut_for_search(text, False) if WORD_RUN.fullmatch(word)]


def known_words(text: str) -> list[str]:
    """The text cut by the dictionary alone: what is in no dictionary falls into characters."""
    cut: list[str] = _segmenter().cut(text, False)
    return cut


def sound(text: str) -> str:
    """Toneless pinyin in one run, the sounds merged that people mix up."""
    return merged("".join(_syllables(text)))


def merged(latin: str) -> str:
    for heard, kept in MERGED:
        latin = latin.replace(heard, kept)
    return latin


def initials(text: str) -> str:
    """借呗 -> jb"""
    return "".join(syllable[:1] for syllable in _syllables(text))


@lru_cache(maxsize=50_000)
def _syllables(text: str) -> tuple[str, ...]:
    return tuple(pypinyin.lazy_pinyin(text))
