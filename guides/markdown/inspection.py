"""One walk over the tokens that looks up every reference and reports what is wrong."""

from collections.abc import Callable

from markdown_it.token import Token

from guides.markdown import citations, links, plain
from guides.markdown.parser import NESTING
from guides.markdown.register import Register
from guides.markdown.tokens import Tokens, line_of, make, turn_into_text

_INLINE_NESTING = 20
_WIDE_COLONS = "：：："  # what a Chinese keyboard types
_CONTAINERS = ("blockquote_open", "list_item_open", "dd_open", "call_open", "unknown_block_open")


def inspect(tokens: Tokens, register: Register) -> None:
    """Resolve citations, links and images; what may not stand becomes plain text."""
    budget = _LinkBudget(max(100_000, 2 * sum(len(token.content) for token in tokens)))
    too_deep = False
    for token in tokens:
        if token.type == "inline":
            _inspect_inline(token, register, budget)
        elif token.type in _BLOCKS:
            _BLOCKS[token.type](token, register)
        if token.level >= NESTING - 1 and token.type in _CONTAINERS and not too_deep:
            register.report(line_of(token), "too-deep", limit=NESTING // 2)
            too_deep = True


class _LinkBudget:
    """One address defined once can be used a thousand times; the sum is bounded."""

    def __init__(self, left: int) -> None:
        self.left = left

    def allows(self, address: str) -> bool:
        self.left -= len(address)
        return self.left >= 0


def _inspect_inline(token: Token, register: Register, budget: _LinkBudget) -> None:
    line = line_of(token)
    children = token.children or []
    _check_colons(token.content, line, register)
    if _depth(children) > _INLINE_NESTING:
        register.report(line, "too-deep", limit=_INLINE_NESTING)
        token.children = [make("text", content=token.content)]
        return
    refused = False
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "link_open":
            refused = _refuse_link(child, line, register, budget)
        elif child.type == "link_close" and refused:
            turn_into_text(child, "")
        elif child.type in _INLINE:
            _INLINE[child.type](child, line, register)


def _check_colons(text: str, first: int, register: Register) -> None:
    if _WIDE_COLONS not in text:
        return
    for line, words in enumerate(text.split("\n"), first):
        if words.startswith(_WIDE_COLONS):
            register.report(line, "wide-colons")


def _depth(children: Tokens) -> int:
    depth = deepest = 0
    for child in children:
        depth += child.nesting
        deepest = max(deepest, depth)
    return deepest


def _refuse_link(token: Token, line: int, register: Register, budget: _LinkBudget) -> bool:
    address = str(token.attrs["href"])
    if not budget.allows(address):
        register.report(line, "too-many-link-characters")
    elif not links.is_allowed(address):
        register.report(line, "bad-link", href=address)
    else:
        if address.startswith("#"):
            register.anchors.append((address[1:], line))
        return False
    turn_into_text(token, "")
    return True


def _citation(token: Token, line: int, register: Register) -> None:
    label = _look_up(token.meta["code"], line, register)
    if label is None:
        turn_into_text(token, token.content)
    else:
        token.meta["label"] = label


def _look_up(code: str, line: int, register: Register) -> str | None:
    if code == citations.OWN:
        return ""
    source = register.sources.get(code)
    if source is None:
        register.report(line, "unknown-source", code=code)
        return None
    register.cited[code] = None
    return source.label


def _guide_link(token: Token, line: int, register: Register) -> None:
    slug = token.meta["slug"]
    guide = register.guides.get(slug)
    if guide is None:
        register.report(line, "unknown-guide", slug=slug)
        turn_into_text(token, token.meta["text"] or token.content)
    else:
        register.linked[guide.code] = None
        token.meta["code"] = guide.code


def _image(token: Token, line: int, register: Register) -> None:
    address, alt = str(token.attrs["src"]), plain.line(token)
    name = links.image_name(address)
    if not name:
        register.report(line, "foreign-image", src=address)
    elif name not in register.known_images:
        register.report(line, "missing-image", name=name)
    else:
        if not alt:
            register.report(line, "image-without-alt", name=name)
        register.images[name] = None
        token.attrs = {"src": address, "alt": alt}
        return
    turn_into_text(token, alt)


def _block(token: Token, register: Register) -> None:
    if not token.meta["closed"]:
        register.report(line_of(token), "unclosed-block", name=token.meta["name"])


def _unknown_block(token: Token, register: Register) -> None:
    register.report(line_of(token), "unknown-block", name=token.meta["name"])
    _block(token, register)


def _path(token: Token, register: Register) -> None:
    _block(token, register)
    line = line_of(token)
    if not token.meta["lines"]:
        register.report(line, "path-without-line", name=token.meta["label"])
    for code in token.meta["codes"]:
        label = _look_up(code, line, register)
        if label is not None:
            token.meta["refs"].append((code, label))


def _stray_close(token: Token, register: Register) -> None:
    register.report(line_of(token), "stray-close")


_INLINE: dict[str, Callable[[Token, int, Register], None]] = {
    "citation": _citation,
    "guide_link": _guide_link,
    "image": _image,
}
_BLOCKS: dict[str, Callable[[Token, Register], None]] = {
    "call_open": _block,
    "unknown_block_open": _unknown_block,
    "path_open": _path,
    "stray_close": _stray_close,
}
