"""The editor's tools: what each writes into the text, as data for the page and its script.

`around` wraps the selection, `line` goes before each selected line, `block` is set apart by empty
lines. ⟦…⟧ is selected afterwards, and gives way to what was selected before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Tool:
    label: Any
    how: str
    text: str
    icon: str = ""
    word: bool = True  # whether the label is seen, or only heard
    key: str = ""  # pressed with Control, as ARIA writes it: "b", "Shift+1"

    @property
    def keys(self) -> str:
        return f"Control+{self.key}" if self.key else ""

    @property
    def spoken(self) -> str:
        return self.keys.replace("Control", "Ctrl").replace("+", " + ").title()


@dataclass(frozen=True)
class ToolGroup:
    name: Any
    tools: tuple[Tool, ...]


def groups(kind: str) -> Iterable[ToolGroup]:
    """Steps belong to procedures, chains of causes to risk notes and cases."""
    yield ToolGroup(_("文字"), _writing())
    yield ToolGroup(_("结构"), _steps() if kind == "procedure" else _story())
    yield ToolGroup(_("提示块"), _call_outs())
    yield ToolGroup(_("出处"), (Tool(_("编辑补充"), "insert", "[^own]", key="Shift+8"),))


def shortcuts(kind: str) -> list[Tool]:
    """The tools that have one, in their order."""
    return [tool for group in groups(kind) for tool in group.tools if tool.key]


def _writing() -> tuple[Tool, ...]:
    return (
        Tool(_("加粗"), "around", "**", "bold", word=False, key="b"),
        Tool(_("列表"), "line", "- ", "list", word=False),
        Tool(_("链接"), "insert", f"[⟦{_('文字')}⟧](https://)", "link", word=False, key="k"),
        Tool(_("待办勾选"), "line", "- [ ] ", "check", word=False),
    )


def _steps() -> tuple[Tool, ...]:
    step = Tool(_("步骤"), "block", f"### ⟦{_('步骤标题')}⟧", "plus", key="Shift+1")
    return (step, *_paths())


def _paths() -> tuple[Tool, ...]:
    path = f"{_('支付宝')} > {_('我的')} > ⟦{_('页面名')}⟧"
    other = f"{_('支付宝')} > {_('设置')} > {_('页面名')}"
    two = f"::: 入口甲 [^S1]\n{path}\n:::\n\n::: 入口乙 [^S2]\n{other}\n:::"
    return (
        Tool(_("界面路径"), "block", f"::: 入口 [^S1]\n{path}\n:::", key="Shift+2"),
        Tool(_("并列入口"), "block", two),
    )


def _story() -> tuple[Tool, ...]:
    one, two = _("起因"), _("结果")
    chain = f"1. ⟦{one}⟧\n2. {two}\n{{.chain}}"
    return (
        Tool(_("小节"), "block", f"## ⟦{_('小节标题')}⟧", "plus", key="Shift+1"),
        Tool(_("因果链"), "block", chain),
        *_paths(),
    )


def _call_outs() -> tuple[Tool, ...]:
    """The words after ::: belong to the dialect, so they stay Chinese in every interface."""
    blocks = (
        (gettext_lazy("停"), "停", "stop"),
        (gettext_lazy("注意"), "注意", "caution"),
        (gettext_lazy("说明"), "说明", "info"),
        (gettext_lazy("分歧"), "分歧", "differ"),
        (gettext_lazy("退路"), "退路", "wayback"),
    )
    return tuple(
        Tool(label, "block", f"::: {word}\n⟦{_('内容')}⟧\n:::", icon, key=f"Shift+{place}")
        for place, (label, word, icon) in enumerate(blocks, 3)
    )
