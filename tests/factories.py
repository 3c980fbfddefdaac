"""Small rows and guides for tests, made by the portal's own verbs."""

import datetime as dt
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.utils import timezone

from guides import publishing
from guides.models import (
    CaseStudy,
    Claim,
    Guide,
    Position,
    Procedure,
    Product,
    RiskNote,
    Source,
    Tag,
    Task,
    Verification,
)
from guides.standing import parts_of

_numbers = count(1)
RELATIONS = ("products", "tags", "claims", "related", "groups")
STEPS = """{lead}

## 开始之前

- [ ] 借款已经结清。[^S1]

## 操作步骤

### 打开管理页 {{#k001}}

::: 入口甲 [^S1]
支付宝 > 我的 > 借呗
:::

按提示操作。[^S1]

### 确认关闭 {{#k002}}

读完弹窗再点。[^own]

## 做完之后

可以再查一次。[^S1]
"""


def make_source(code: str = "S1", **fields: Any) -> Source:
    defaults = {
        "title": f"来源{code}的标题",
        "publisher": "第三方文章",
        "accessed_on": dt.date(2026, 11, 2),
        "reliability": "medium",
        "disclaimer": "文末自注“信息均为虚构”",
        "fictional": True,
    }
    return Source.objects.get_or_create(code=code, defaults=defaults | fields)[0]


def make_product(slug: str = "jiebei", **fields: Any) -> Product:
    return Product.objects.get_or_create(slug=slug, defaults={"name": slug, **fields})[0]


def make_task(slug: str = "close", **fields: Any) -> Task:
    return Task.objects.get_or_create(slug=slug, defaults={"name": slug, **fields})[0]


def make_tag(slug: str = "overdue", **fields: Any) -> Tag:
    return Tag.objects.get_or_create(slug=slug, defaults={"name": slug, **fields})[0]


def make_claim(slug: str = "direct", **statements: str) -> Claim:
    """A claim with one position per source: make_claim("direct", S1="可以", S2="不可以")."""
    claim = Claim.objects.create(slug=slug, question=f"{slug}？", wording="两种说法并列。")
    for code, statement in statements.items():
        Position.objects.create(claim=claim, source=make_source(code), statement=statement)
    return claim


def make_user(name: str = "", *permissions: str, **fields: Any) -> User:
    """A person with the named permissions of this app: make_user("lin", "publish_guide")."""
    user = User.objects.create_user(name or f"user{next(_numbers)}", password="secret", **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return User.objects.get(pk=user.pk)


def make_group(name: str, *members: User) -> Group:
    group = Group.objects.create(name=name)
    group.user_set.set(members)
    return group


def make_procedure(slug: str = "", *, live: bool = True, **fields: Any) -> Procedure:
    make_source("S1")
    defaults = {"body": STEPS.format(lead="先结清。[^S1]"), "performer": "账户本人", "minutes": 10}
    return _made(Procedure, slug, live, defaults | fields)


def make_risk(slug: str = "", *, live: bool = True, **fields: Any) -> RiskNote:
    make_source("S1")
    body = (
        "先看这里。[^S1]\n\n## 怎么发生的\n\n扣款卡被解绑。[^S1]\n\n## 怎么避免\n\n先绑卡。[^own]\n"
    )
    return _made(RiskNote, slug, live, {"body": body, "early_signs": ["扣款失败"]} | fields)


def make_case(slug: str = "", *, live: bool = True, **fields: Any) -> CaseStudy:
    make_source("S1")
    body = "## 经过\n\n工程中途要追加资金。[^S1]\n"
    return _made(CaseStudy, slug, live, {"body": body, "setting": "建筑施工"} | fields)


def _made(kind: Any, slug: str, live: bool, fields: dict[str, Any]) -> Any:
    number = next(_numbers)
    relations = {name: fields.pop(name) for name in RELATIONS if name in fields}
    defaults = {"title": f"指南{number}", "summary": f"这是第{number}篇指南的摘要。"}
    guide = kind(slug=slug or f"guide-{number}", **(defaults | fields))
    publishing.save_draft(guide, None, relations=relations)
    if live:
        publishing.publish(guide, None)
    return kind.objects.get(pk=guide.pk)


def walked(guide: Guide, verifier: User, **more: Any) -> Verification:
    """A walk through what readers have, every step as it should be, today, on a device.

    walked(guide, zhou, checked_on=day, differing={"k002": "没有"}, skipped=["k001"])
    """
    row = Guide.objects.select_related("live").get(pk=guide.pk)
    found, skipped = more.pop("differing", {}), more.pop("skipped", ())
    keys = [part.key for part in parts_of(row.live.content)]
    marks = {key: publishing.Mark("matches") for key in keys if key not in skipped}
    marks |= {key: publishing.Mark("differs", what) for key, what in found.items()}
    facts = {
        "kind": "device",
        "checked_on": timezone.localdate(),
        "app": "支付宝",
        "app_version": "10.6",
    }
    walk = publishing.Walk(**(facts | {"marks": marks} | more))
    return publishing.verify(row.live, verifier, walk)


def edited(guide: Guide, **fields: Any) -> Any:
    """The row as it is stored, with other text in it, unsaved."""
    row = type(guide).objects.get(pk=guide.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    return row
