"""The life of a credit account: its states, the ways between them, the guides for each way.

All that the map shows is in STATES and WAYS. Each is placed twice, in the wide drawing and in
the narrow one; coordinates are the drawings' own units.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
WIDE, NARROW = (1068, 332), (318, 332)


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Line:
    """A way as an SVG path, and where its words stand: the point, and which end of them it is."""

    path: str
    x: int
    y: int
    anchor: str = "middle"  # or "start" or "end"
    stacked: bool = False  # several words below each other, else side by side


@dataclass(frozen=True)
class State:
    slug: str
    name: Words
    note: Words
    wide: Box
    narrow: Box
    look: str = ""  # "now" is drawn stronger, "soft" lighter, "end" with a double rule


@dataclass(frozen=True)
class Step:
    """A guide that leads along a way, and the words for it on the wide drawing's line."""

    slug: str
    words: Words


@dataclass(frozen=True)
class Way:
    """`words` stand on the line where no guide is linked, `short` in the narrow drawing.

    `task` is where the narrow drawing leads when there are several guides.
    """

    origin: str
    target: str
    by_user: bool
    wide: Line
    narrow: Line
    words: Words
    short: Words
    steps: tuple[Step, ...] = ()
    task: str = ""


STATES = (
    State(
        slug="opened",
        name=_("开立"),
        note=_("完成实名与评估"),
        wide=Box(2, 110, 134, 62),
        narrow=Box(2, 8, 76, 44),
        look="soft",
    ),
    State(
        slug="used",
        name=_("使用中"),
        note=_("可借、可还、可付"),
        wide=Box(288, 110, 140, 62),
        narrow=Box(2, 122, 102, 52),
        look="now",
    ),
    State(
        slug="dormant",
        name=_("休眠"),
        note=_("长期没有用"),
        wide=Box(584, 110, 134, 62),
        narrow=Box(200, 8, 100, 44),
        look="soft",
    ),
    State(
        slug="limited",
        name=_("受限"),
        note=_("降额、暂停、解除授权"),
        wide=Box(886, 110, 180, 62),
        narrow=Box(200, 122, 100, 52),
    ),
    State(
        slug="closed",
        name=_("已关闭"),
        note=_("本人主动停用"),
        wide=Box(288, 262, 140, 62),
        narrow=Box(2, 270, 102, 52),
    ),
    State(
        slug="ended",
        name=_("已注销"),
        note=_("授信关系结束"),
        wide=Box(888, 262, 178, 62),
        narrow=Box(200, 270, 114, 52),
        look="end",
    ),
)

WAYS = (
    Way(
        origin="opened",
        target="used",
        by_user=False,
        wide=Line("M136 141H286", 210, 131),
        narrow=Line("M30 52V118", 38, 92, "start"),
        words=_("平台授信"),
        short=_("授信"),
    ),
    Way(
        origin="used",
        target="dormant",
        by_user=False,
        wide=Line("M428 141H582", 505, 131),
        narrow=Line("M92 122V38q0-8 8-8H196", 146, 22),
        words=_("久未使用"),
        short=_("久未用"),
    ),
    Way(
        origin="dormant",
        target="limited",
        by_user=False,
        wide=Line("M718 141H884", 800, 131),
        narrow=Line("M250 52V118", 242, 84, "end"),
        words=_("触发评估"),
        short=_("评估"),
    ),
    Way(
        origin="used",
        target="limited",
        by_user=False,
        wide=Line("M386 110V74q0-8 8-8H938q8 0 8 8V106", 666, 71),
        narrow=Line("M104 136H196", 152, 114),
        words=_("平台风控"),
        short=_("为何受限"),
        steps=(
            Step("authorization-removed-causes", _("借呗为什么用不了")),
            Step("platform-risk-control", _("平台为什么会限制")),
        ),
    ),
    Way(
        origin="limited",
        target="used",
        by_user=True,
        wide=Line("M1006 110V26q0-8-8-8H336q-8 0-8 8V106", 666, 23),
        narrow=Line("M200 160H108", 152, 194),
        words=_("恢复"),
        short=_("恢复授权"),
        steps=(Step("restore-jiebei-authorization", _("恢复借呗授权")),),
    ),
    Way(
        origin="used",
        target="closed",
        by_user=True,
        wide=Line("M328 172V258", 312, 195, "end", stacked=True),
        narrow=Line("M36 174V266", 36, 228),
        words=_("关闭"),
        short=_("关闭"),
        steps=(
            Step("close-huabei", _("关闭花呗")),
            Step("close-jiebei", _("关闭借呗")),
            Step("close-wangshangdai", _("关闭网商贷")),
        ),
        task="close",
    ),
    Way(
        origin="dormant",
        target="closed",
        by_user=True,
        wide=Line("M651 172V269q0 8-8 8H432", 540, 268),
        narrow=Line("M300 30H302q8 0 8 8V242q0 8-8 8H98q-8 0-8 8V266", 254, 243),
        words=_("不想再用，也可关闭"),
        short=_("也可关闭"),
    ),
    Way(
        origin="closed",
        target="used",
        by_user=True,
        wide=Line("M386 262V176", 402, 219, "start"),
        narrow=Line("M70 270V178", 82, 231, "start"),
        words=_("重新启用"),
        short=_("重新开通"),
        steps=(Step("reopen-after-closing", _("关闭后重新开通")),),
    ),
    Way(
        origin="closed",
        target="ended",
        by_user=True,
        wide=Line("M428 305H884", 656, 310),
        narrow=Line("M104 304H196", 152, 292),
        words=_("注销"),
        short=_("注销"),
        steps=(Step("deregister-jiebei", _("借呗能不能注销，怎么申请")),),
    ),
)

SLUGS = frozenset(step.slug for way in WAYS for step in way.steps)
