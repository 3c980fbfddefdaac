"""What these tests share: a small portal for texts to refer to, and an eye for HTML."""

from collections.abc import Iterator
from typing import Any

import html5lib

from guides.markdown import GuideRef, Rendered, SourceRef, render

GUIDES = {
    "close-huabei": GuideRef("pch7m", "关闭花呗"),
    "close-jiebei": GuideRef("pcj7m", "关闭借呗"),
}
SOURCES = {f"S{number}": SourceRef(f"S{number}", str(number)) for number in range(1, 6)}
IMAGES = {"a1b2.webp", "x.png"}

HTML = "{http://www.w3.org/1999/xhtml}"


def rendered(body: str, kind: str = "case", language: str = "zh-hans") -> Rendered:
    return render(body, kind=kind, guides=GUIDES, sources=SOURCES, images=IMAGES, language=language)


def lead(body: str) -> str:
    """The HTML of a body without sections, which must be faultless."""
    result = rendered(body)
    assert not result.faults, [str(fault.message) for fault in result.faults]
    return result.lead


def codes(body: str, kind: str = "case") -> list[tuple[int, str]]:
    """Line and code of every fault."""
    return [(fault.line, fault.code) for fault in rendered(body, kind).faults]


def procedure(steps: str, before: str = "") -> str:
    return f"{before}## 操作步骤\n\n{steps}"


def step(text: str, marks: str = "{#k3f9}", title: str = "打开") -> str:
    """One step with its text; it starts in line 3 of `procedure`, its text in line 5."""
    return f"### {title} {marks}\n\n{text}\n"


def first_step(text: str, marks: str = "{#k3f9}") -> dict[str, Any]:
    return steps_of(procedure(step(text, marks)))[0]


def steps_of(body: str) -> list[dict[str, Any]]:
    return [each for section in rendered(body, "procedure").sections for each in section["steps"]]


def fragments(result: Rendered) -> Iterator[str]:
    """Every piece of HTML that pages will print."""
    yield result.lead
    for section in result.sections:
        yield section["html"]
        yield from (each["html"] for each in section["steps"])


def elements(html: str) -> list[Any]:
    return [each for each in html5lib.parseFragment(html).iter() if isinstance(each.tag, str)]


def tags(html: str) -> list[str]:
    return [each.tag.removeprefix(HTML) for each in elements(html) if each.tag.startswith(HTML)]
