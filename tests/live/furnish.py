"""Runs in a process of its own: fills a fresh database with everything that a page can show."""

import datetime as dt
import json
from io import BytesIO, StringIO
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from guides import images, publishing, questions, roles
from guides.models import (
    Claim,
    Guide,
    Product,
    Question,
    Revision,
    Source,
    Task,
    Verification,
)
from tests import factories

PASSWORD = "walk-slowly-27"
LATER = """先结清，再看{picture}，以及[[for-colleagues]]。[^S1]

![一张灰色的图]({picture_url})

## 操作步骤

### 打开管理页 {{#k001 .identity}}

按提示操作。[^S1]

### 留下记录 {{#k003 .waiting}}

截一张图。[^own]
"""
WARNED = """先看清楚。[^S1]

## 操作步骤

### 打开管理页 {#k001 .identity}

::: 入口甲 [^S1]
支付宝 > 我的 > 借呗
:::

点进去。[^S1]

### 点关闭 {#k002 .irreversible}

| 您的情形 | 先查什么 |
| --- | --- |
| 刚换手机 | 登录过的设备[^S1] |

::: 停
关了不能再借。[^S1]
:::

::: 退路
确认之前退出就行。[^own]
:::

## 做完之后

一。[^S1]

二。[^S1]

三。[^S1]

四。[^S1]

五。[^S1]

六。[^S1]
"""


def furnish() -> None:
    """Prints, as one line of JSON, the codes and keys that tests need for addresses."""
    call_command("migrate", verbosity=0)
    call_command("load_sample", stdout=StringIO())
    editor = _person("meiling", roles.ROLES)
    writer = _person("xuexi", (roles.EDITING,))
    reviewer = _person("qiming", (roles.REVIEWING,))
    people = {"editor": editor, "writer": writer, "reviewer": reviewer}
    known = {name: _session(user) for name, user in people.items()}
    known |= _guides(editor, reviewer) | _reviews(editor, reviewer) | _rows()
    print(json.dumps(known))  # noqa: T201


def _person(name: str, roles_of: tuple[str, ...]) -> User:
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
    groups = roles.ensure_groups()
    user.groups.set(groups[role] for role in roles_of)
    return user


def _session(user: User) -> str:
    """What signing in would have left in the browser's cookie."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _guides(editor: User, reviewer: User) -> dict[str, str]:
    """Beyond the sample: older versions, a step that is gone, a retired guide, a checked one."""
    _with_a_past(editor)
    successor = Guide.objects.get(slug="close-jiebei")
    retired = factories.make_procedure("given-up", title="已经不用的办法")
    publishing.retire(retired, editor, successor=successor)
    guide = factories.make_procedure("two-versions", title="有两个版本的指南")
    factories.walked(guide, reviewer, checked_on=dt.date(2026, 1, 5))
    _second_version(guide, editor)
    what = "没有“截图”，只有“保存图片”。"
    factories.walked(guide, reviewer, differing={"k003": what}, note="安卓手机上走的。")
    case = factories.make_case("another-case", title="没有来源分歧的案例")
    factories.walked(case, reviewer, kind="sources", checked_on=dt.date(2026, 1, 5))
    return {
        "versions": guide.code,
        "walked": str(guide.pk),
        "retired": retired.code,
        "gone": str(retired.pk),
        "procedure": str(successor.pk),
        "risk": str(Guide.objects.filter(kind="risk").earliest("slug").pk),
        "case": str(Guide.objects.filter(kind="case").earliest("slug").pk),
        "draft": successor.code,
        "first_version": str(guide.revisions.get(number=1).pk),
        **_feedback(guide),
    }


def _with_a_past(editor: User) -> None:
    """Whatever a comparison can show: steps moved, a warning and facts changed, much left alone."""
    fields = {"title": "给同事看的", "visibility": "signed-in", "body": WARNED, "risk_level": "low"}
    guide = factories.make_procedure("for-colleagues", **fields)
    first, second, after = (WARNED.index(title) for title in ("### 打开", "### 点", "## 做完"))
    moved = WARNED[:first] + WARNED[second:after] + WARNED[first:second] + WARNED[after:]
    body = moved.replace("不能再借", "三个月内不能再借").replace("点进去", "点“借呗”进去")
    body = body.replace("六。", "第六句。")
    publishing.save_draft(factories.edited(guide, body=body, risk_level="high"), editor)
    publishing.publish(guide, None, note="先关，再打开。", significance="major")


def _second_version(guide: Any, editor: User) -> None:
    picture = images.store(_picture(), editor).get_absolute_url()
    body = LATER.format(picture="图", picture_url=picture)
    row = factories.edited(guide, body=body)
    publishing.save_draft(row, editor)
    publishing.publish(row, None, note="去掉一步，加一张图。", significance="major")


def _reviews(editor: User, reviewer: User) -> dict[str, str]:
    """A text that waits with a settled and an open comment, and one that was given back."""
    waiting = factories.make_procedure("waits-for-review", title="等复核的指南")
    revision = _submitted(waiting, editor)
    publishing.resolve(publishing.comment(revision, reviewer, "标题太短。"), editor)
    publishing.comment(revision, reviewer, "入口写的是哪一版？", step="k001")
    returned = factories.make_procedure("given-back", title="退回的指南")
    publishing.request_changes(_submitted(returned, editor), reviewer, "第二步缺出处。")
    _never_saved(returned, editor)
    return {"reviewed": str(waiting.pk), "returned": str(returned.pk)}


def _feedback(guide: Guide) -> dict[str, str]:
    """Said of an old version: of a step that is gone, of one that changed, and of the whole."""
    first = guide.revisions.get(number=1)
    gone = publishing.tell(
        first, "stuck", step="k002", reason="no-button", text="弹窗里没有这个按钮。"
    )
    changed = publishing.tell(first, "stuck", step="k001", reason="renamed")
    publishing.tell(first, "stuck", reason="other", text="来来回回都进不去。")
    publishing.tell(first, "done")
    return {"feedback": str(gone.pk), "feedback_changed": str(changed.pk)}


def _never_saved(guide: Any, editor: User) -> None:
    """A tab of the editor's was closed, and its text is offered."""
    typed = {"title": ["退回后改到一半的指南"], "body": [guide.body.replace("再点", "再轻轻点")]}
    publishing.autosave(editor, guide, kind=guide.kind, page="lost", typed=typed)


def _submitted(guide: Any, editor: User) -> Revision:
    publishing.save_draft(factories.edited(guide, summary="改过的摘要，写得更清楚。"), editor)
    return publishing.submit(guide, editor, note="摘要写得更清楚。")


def _picture() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (900, 300), "#888888").save(drawn, "PNG")
    return drawn.getvalue()


def _asked_in_vain() -> str:
    """One question in each place of the desk; the one that is open has a page."""
    product, task = Product.objects.get(slug="huabei"), Task.objects.get(slug="unbind")
    questions.wish(product, task)
    guide = Guide.objects.select_related("live").get(slug="close-jiebei")
    states: dict[str, dict[str, Any]] = {
        "open": {},
        "outside": {},
        "answered": {"answered_by": guide.live, "answered_at": timezone.now()},
    }
    asked = {}
    for state, more in states.items():
        concepts = ["product:jiebei"] if state == "open" else []
        question = Question(text=f"借呗发票怎么开 {state}", state=state, concepts=concepts, **more)
        question.nearest = [guide.pk]
        question.save()
        question.days.create(day=timezone.localdate(), times=3, weak=2, wishes=1)
        asked[state] = str(question.pk)
    return asked["open"]


def _rows() -> dict[str, str]:
    return {
        "question": _asked_in_vain(),
        "revision": str(Revision.objects.published().latest("pk").pk),
        "source": str(Source.objects.earliest("pk").pk),
        "claim": str(Claim.objects.earliest("pk").pk),
        "verification": str(Verification.objects.latest("pk").pk),
        "person": str(User.objects.get(username="xuexi").pk),
    }
