"""Takes the handbook's pictures: `make pictures` walks a guide from its first word to its last.

Each scene does what its text in docs/guide-life.md says and leaves one picture. A test walks the
same way, so that a page that has changed cannot keep an old picture's promises.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.live.portal import ROOT, Portal, Workshop
from tests.live.stores import store_for

FOLDER = ROOT / "docs" / "images"
WINDOW = {"width": 1280, "height": 800}
COLOURS = 128  # enough for an interface, and a third of the bytes
TITLE = "留存借呗的关闭记录"
SLUG = "keep-closing-record"
SUMMARY = (
    "借呗关掉以后，把结果页、短信和客服答复留下来，万一记录有误可以对账。"
    "不收集身份证号和卡号，只留办理的日期和结果。"
)
BODY = """关闭之后把凭据留好，日后对得上账。[^own]

## 操作步骤

### 截下结果页

写着“已关闭”的那一页，连同日期一起截下来。[^own]

### 把答复记进台账

客服怎么答的，写下日期和工号。[^own]

## 做完之后

隔一个账单日，再看一次有没有新的记录。[^own]
"""
UNSOURCED = BODY.replace("写下日期和工号。[^own]", "写下日期和工号。")


@dataclass
class Walk:
    """One guide, three people taking turns at one window, and where the pictures go."""

    page: Page
    portal: Portal
    folder: Path
    guide: str = ""  # the address of its editor page

    def as_person(self, visitor: str) -> None:
        self.page.context.clear_cookies(name="sessionid")
        if visitor != "guest":
            session = {"name": "sessionid", "value": self.portal.known[visitor]}
            self.page.context.add_cookies([session | {"url": self.portal.address}])  # type: ignore[list-item]

    def go(self, address: str) -> None:
        self.page.goto(self.portal.address + address)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def told(self, words: str) -> None:
        expect(self.page.get_by_role("status").first).to_contain_text(words)

    def write(self, body: str) -> None:
        self.page.get_by_label("正文（Markdown）").fill(body)

    def edit(self, old: str, new: str) -> None:
        """In place, so that the steps keep the keys that saving gave them."""
        text = self.page.get_by_label("正文（Markdown）").input_value()
        assert old in text
        self.write(text.replace(old, new))

    def shoot(self, name: str) -> None:
        picture = Image.open(BytesIO(self.page.screenshot()))
        picture.convert("RGB").quantize(COLOURS).save(self.folder / f"{name}.png", optimize=True)


def begin(walk: Walk) -> None:
    walk.as_person("writer")
    walk.go("/admin/guides/procedure/add/")
    expect(walk.page.get_by_role("region", name="大纲")).to_contain_text("第一步做什么")
    walk.shoot("life-1-new")


def write(walk: Walk) -> None:
    page = walk.page
    page.get_by_label("标题", exact=True).fill(TITLE)
    page.get_by_label("网址名").fill(SLUG)
    page.get_by_label("摘要").fill(SUMMARY)
    page.get_by_label("事项").select_option(label="关闭")
    page.get_by_text("分类与别名").click()
    page.get_by_role("group", name="产品").get_by_label("借呗").check()
    page.get_by_text("分类与别名").click()
    walk.write(UNSOURCED)
    checks = page.get_by_role("region", name="发布检查")
    fault = checks.get_by_role("listitem").filter(has_text="“把答复记进台账”没有注明来源")
    fault.get_by_role("link").click()
    walk.shoot("life-2-checks")


def submit(walk: Walk) -> None:
    walk.write(BODY)
    expect(walk.page.get_by_role("region", name="发布检查")).to_contain_text("没有发现问题")
    walk.page.get_by_label("给读者的修改说明").fill("新写的一篇。")
    walk.press("保存并提交复核")
    walk.told("已提交复核")
    walk.guide = walk.page.url.removeprefix(walk.portal.address).removesuffix("change/")
    walk.shoot("life-3-submitted")


def review(walk: Walk) -> None:
    walk.as_person("reviewer")
    walk.go(f"{walk.guide}review/")
    step = walk.page.locator(".step").first
    step.get_by_text("对这一步提意见").click()
    step.get_by_label("意见").fill("时间也要截进去吗？")
    walk.press("记下意见")
    expect(step).to_contain_text("时间也要截进去吗？")
    walk.shoot("life-4-review")


def correct(walk: Walk) -> None:
    walk.as_person("writer")
    walk.go(f"{walk.guide}change/")
    walk.edit("连同日期一起", "连同日期和时间一起")
    walk.press("保存并提交复核")
    walk.told("已提交复核")
    walk.go(f"{walk.guide}review/")
    walk.press("处理好了")
    expect(walk.page.get_by_role("button", name="处理好了")).to_have_count(0)
    walk.as_person("reviewer")
    walk.go(f"{walk.guide}review/")
    walk.press("批准并发布")
    walk.told("已复核并发布第1版")
    walk.as_person("guest")
    walk.go(f"/procedures/{SLUG}/")
    expect(walk.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    walk.shoot("life-5-published")


def verify(walk: Walk) -> None:
    walk.as_person("reviewer")
    walk.go(f"{walk.guide}verify/")
    walk.page.get_by_label("App", exact=True).fill("支付宝")
    walk.page.get_by_label("App版本").fill("10.6.20")
    steps = walk.page.locator(".walking > li")
    steps.nth(0).get_by_text("一致", exact=True).click()
    steps.nth(1).get_by_text("有出入", exact=True).click()
    steps.nth(1).get_by_label("哪里不同").fill("客服只报姓氏，不报工号。")
    walk.shoot("life-6-walk")
    walk.press("记下核实")
    walk.told("核实已记下")


def report(walk: Walk) -> None:
    walk.as_person("guest")
    walk.go(f"/procedures/{SLUG}/")
    walk.page.locator(".step").nth(1).get_by_role("link", name="卡住了？").click()
    walk.page.get_by_role("radio", name="其他").check()
    walk.page.get_by_label("您看到的和这里写的有什么不同").fill("客服不肯说工号。")
    walk.press("告诉编辑")
    expect(walk.page.get_by_role("heading", level=1)).to_have_text("记下了，谢谢")
    walk.as_person("writer")
    walk.go("/admin/")
    expect(walk.page.get_by_role("main")).to_contain_text("读者卡住的地方")
    walk.shoot("life-7-desk")


def change(walk: Walk) -> None:
    walk.as_person("writer")
    walk.go(f"{walk.guide}change/")
    walk.edit("写下日期和工号", "写下日期和原话")
    walk.page.get_by_label("给读者的修改说明").fill("答复要记原话。")
    walk.press("保存并提交复核")
    walk.told("已提交复核")
    walk.as_person("reviewer")
    walk.go(f"{walk.guide}review/")
    walk.press("批准并发布")
    walk.told("已复核并发布第2版")
    walk.as_person("guest")
    walk.go(f"/procedures/{SLUG}/diff/v1/v2/")
    expect(walk.page.get_by_role("main")).to_contain_text("原话")
    walk.shoot("life-8-changes")


def retire(walk: Walk) -> None:
    walk.as_person("editor")
    walk.go(f"{walk.guide}retire/")
    walk.page.get_by_label("由哪篇代替").select_option(label="关闭借呗")
    walk.press("下架")
    walk.as_person("guest")
    walk.go(f"/procedures/{SLUG}/")
    expect(walk.page.get_by_role("main")).to_contain_text("关闭借呗")
    walk.shoot("life-9-retired")


SCENES: tuple[Callable[[Walk], None], ...] = (
    begin,
    write,
    submit,
    review,
    correct,
    verify,
    report,
    change,
    retire,
)


def take(context: BrowserContext, portal: Portal, folder: Path) -> None:
    """All pictures, into a folder."""
    page = context.new_page()
    page.set_viewport_size(WINDOW)
    walk = Walk(page, portal, folder)
    for scene in SCENES:
        scene(walk)


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        store = store_for(os.environ.get("DATABASE_URL", ""), folder, "pictures")
        workshop = Workshop(folder, folder / "static", store)
        workshop.build()
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", sys.argv[1]), args=["--no-sandbox"]
        )
        with workshop.open() as portal:
            take(browser.new_context(reduced_motion="reduce"), portal, FOLDER)
        browser.close()
        workshop.close()


if __name__ == "__main__":
    main()
