"""Faults of a body: a code for programs, a sentence for editors."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Severity = Literal["error", "warning"]

QUOTED = 40  # characters of the editor's own text that a message repeats


@dataclass(frozen=True)
class Fault:
    """One thing to mend. Lines count from 1; the message speaks the reader's language."""

    line: int
    code: str
    message: "StrOrPromise"
    severity: Severity = "error"
    field: str = ""  # of the form, where it is not the body; then the line is 0


_IN_BODIES: dict[str, "StrOrPromise"] = {
    "too-long": _("正文有{count}个字符，超过上限{limit}。请拆成几篇指南。"),
    "too-complex": _("这一段的括号没有配对，无法解析。请检查其中的“[”和“]”，或拆成几段。"),
    "too-deep": _(
        "嵌套太深（列表、引用、提示块最多约{limit}层），里面的内容无法显示。请减少层次。"
    ),
    "too-many-link-characters": _("链接地址合计过长，后面的链接不再生效。请减少重复的长链接。"),
    "h1-in-body": _("正文里不用一级标题“# {title}”：页面标题已经是一级。请改成“## {title}”。"),
    "nested-heading": _("标题“{title}”写在列表或引用里面。标题要顶格另起一行。"),
    "empty-heading": _("标题没有文字。请写上标题，或删去这一行。"),
    "link-in-title": _("标题“{title}”里有指南链接。请把链接移到正文里。"),
    "missing-key": _("步骤“{title}”还没有编号标记。保存后会自动补上，例如{{#k3f9}}。"),
    "invalid-key": _(
        "步骤标记“#{key}”不合规：要以小写字母开头，由4到8个小写字母或数字组成，例如#k3f9。"
    ),
    "two-keys": _("步骤“{title}”有不止一个#标记。请只留一个。"),
    "duplicate-key": _("步骤标记“#{key}”已用于第{first}行。请删去其中一处的标记，保存后会补新的。"),
    "unknown-mark": _(
        "不认识的步骤标记“{mark}”。可用的有.identity（验证身份）、"
        ".irreversible（不可撤回）、.waiting（需等待）。"
    ),
    "misplaced-marks": _("“{marks}”只能跟在操作步骤的标题后面。请从“{title}”后面删去。"),
    "misplaced-chain": _("“{marks}”没有作用：{{.chain}}要紧接在有序列表之后，单独成行。"),
    "no-steps": _("操作流程没有步骤。请加“## 操作步骤”，下面用“### 标题”逐步写。"),
    "second-steps": _("“操作步骤”只能有一节，第{first}行已经有了。请合并，或换一个标题。"),
    "uncited-step": _("步骤“{title}”没有注明来源。请加[^S1]这样的引用；来源没写的，加[^own]。"),
    "irreversible-without-stop": _("步骤“{title}”不可撤回，但没有“::: 停”提示块。"),
    "irreversible-without-wayback": _("步骤“{title}”不可撤回，但没有“::: 退路”提示块。"),
    "unknown-guide": _("没有标识为“{slug}”的指南。请检查[[ ]]里的拼写。"),
    "unknown-source": _("没有编号为“{code}”的来源。请检查[^ ]里的编号，或先登记来源。"),
    "footnote-definition": _("“[{label}]: …”不会显示：来源在后台登记，正文里只写[{label}]。"),
    "unknown-block": _(
        "不认识的提示块“{name}”。可用的有停、注意、说明、分歧、退路，以及以“入口”开头的路径。"
    ),
    "unclosed-block": _("“::: {name}”没有结束。请在它的末尾另起一行写“:::”。"),
    "stray-close": _("多出一个“:::”：前面没有需要结束的提示块。请删去，或补上开头。"),
    "wide-colons": _("这里的“：：：”是全角冒号，不起作用。请改成半角的“:::”。"),
    "path-without-line": _("“{name}”里没有路径。请写一行，例如“支付宝 > 我的 > 借呗”。"),
    "bad-link": _("链接地址“{href}”不能使用。只接受http、https、mailto、站内地址和#锚点。"),
    "foreign-image": _("图片“{src}”不是本站上传的，不会显示。请上传后再插入。"),
    "personal-number": _("这里有个人号码{kind}。请换成“尾号1234”这样的写法，或者删去。"),
    "taken-over": _("和来源{source}连着20个字以上相同：“{text}”。请用自己的话写。"),
    "unfilled-gap": _("“{gap}”还空着：请写上，或者连同括号⟦⟧删去。"),
    "missing-image": _("图片“{name}”不存在，可能已被删除。请重新上传。"),
}

_IN_DOCUMENTS: dict[str, "StrOrPromise"] = {
    "document-too-long": _("文件有{count}个字符，超过上限{limit}。"),
    "forbidden-character": _("这里有不能保存的字符（例如空字符）。请删去。"),
    "no-front-matter": _("文件要以一行“---”开头，接着写标题等项目，再以一行“---”结束。"),
    "unclosed-front-matter": _("开头的项目没有结束。请在最后一项下面另起一行写“---”。"),
    "front-matter-too-long": _("开头的项目有{count}个字符，超过上限{limit}。"),
    "not-yaml": _(
        "这一行不合YAML的写法，多半是引号没有配对，或值里有冒号。请给整个值加上引号。（{problem}）"
    ),
    "not-a-mapping": _("开头的每一行都要写成“项目: 值”。"),
    "yaml-anchor": _("开头的项目里不能用“&”锚点和“*”引用。请把值完整写出，或加上引号。"),
    "yaml-tag": _("开头的项目里不能用“!”标签。请删去，或给值加上引号。"),
    "yaml-nested": _("开头的项目嵌套太深：只能是单个值或一层列表。"),
    "repeated-entry": _("“{key}”写了两次，第{first}行已经有了。请删去一处。"),
    "missing-entry": _("缺少“{key}”。请补上这一项。"),
    "unknown-entry": _("不认识的项目“{key}”。请检查拼写，或删去这一行。"),
    "foreign-entry": _("“{key}”不是这类指南的项目。请删去这一行，或检查kind。"),
    "unquoted": _("“{key}”的值“{value}”会被当成数字、日期或真假值。请加上引号。"),
    "not-text": _("“{key}”应是一段文字。"),
    "not-a-list": _("“{key}”应是列表：每行一项，以“- ”开头；没有就写[]。"),
    "not-a-number": _("“{key}”应是0到{largest}之间的整数。"),
    "not-a-flag": _("“{key}”只能是true或false。"),
    "not-a-choice": _("“{key}”的值“{value}”不对，只能是：{choices}。"),
    "not-a-name": _("“{key}”的值“{value}”不合规，应当像“{example}”这样。"),
}

_WARNINGS: dict[str, "StrOrPromise"] = {
    "too-many-stops": _("已有{count}个“停”提示块，一篇最多三个，多了就没人停下来看。"),
    "skipped-level": _("标题“{title}”跳过了一级。请用“{wanted}”。"),
    "duplicate-heading": _("标题“{title}”与第{first}行的重复，读者在目录里分不清。"),
    "image-without-alt": _("图片“{name}”没有说明文字。请在方括号里写明图中是什么。"),
    "text-too-short": _("太短：现{count}字，最好{least}到{most}字，让人一眼看出讲什么。"),
    "text-too-long": _("偏长：现{count}字，最好不超过{most}字，列表和搜索结果里才显示得下。"),
    "wayback-without-irreversible": _(
        "步骤“{title}”有“::: 退路”，却没有标.irreversible。两者要一致。"
    ),
    "differ-without-sides": _("“::: 分歧”要引用至少两份来源，读者才知道谁和谁说法不同。"),
    "path-told-twice": _("步骤“{title}”里“{label}”写了两次，走法不同。请只留一条，或另起名字。"),
    "path-got-shorter": _(
        "步骤“{title}”的“{label}”比线上版本少了{count}级。真的少了吗？线上是“{before}”。"
    ),
    "unknown-anchor": _("页内没有“#{anchor}”这个位置。请检查链接。"),
}

_ERRORS = _IN_BODIES | _IN_DOCUMENTS


def fault(line: int, code: str, /, **details: object) -> Fault:
    """Build the fault with that code, whose sentence is made when somebody reads it."""
    details = {name: _short(value) for name, value in details.items()}
    if code in _WARNINGS:
        return Fault(line, code, format_lazy(_WARNINGS[code], **details), "warning")
    return Fault(line, code, format_lazy(_ERRORS[code], **details))


def _short(value: object) -> object:
    if isinstance(value, str) and len(value) > QUOTED:
        return value[: QUOTED - 1] + "…"
    return value


CODES = frozenset(_ERRORS) | frozenset(_WARNINGS)
