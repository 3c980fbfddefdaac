"""Bringing a picture into a guide."""

import re

import pytest
from playwright.sync_api import Page, expect

# A drawing of our own, put where copied pictures are.
COPY = """async () => {
  const canvas = new OffscreenCanvas(240, 120);
  const brush = canvas.getContext("2d");
  brush.fillStyle = "teal";
  brush.fillRect(0, 0, 240, 120);
  const blob = await canvas.convertToBlob({ type: "image/png" });
  await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
}"""
DROP = """(area, [name, type, text]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name, { type }));
  const told = { dataTransfer: carried, bubbles: true, cancelable: true };
  area.dispatchEvent(new DragEvent("drop", told));
}"""


@pytest.fixture
def editor(portal_for_writing, context, page, sign_in) -> Page:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in("editor")
    page.goto(portal_for_writing.place("/admin/guides/procedure/{procedure}/change/"))
    return page


def body(page: Page):
    return page.get_by_label("正文（Markdown）")


def test_a_pasted_picture_is_uploaded_previewed_and_published(editor, sign_in, approve):
    editor.evaluate(COPY)
    body(editor).press("Control+End")
    body(editor).press("Control+v")
    expect(body(editor)).to_have_value(re.compile(r"!\[.*\]\(/media/images/[0-9a-f]+\.webp\)"))
    editor.keyboard.insert_text("一块青色")  # the words that ask for a description are selected
    expect(body(editor)).to_have_value(re.compile(r"!\[一块青色\]"))
    picture = editor.get_by_role("region", name="预览").get_by_role("img", name="一块青色")
    expect(picture).to_be_visible()
    editor.get_by_role("button", name="保存并提交复核").click()
    expect(editor.get_by_role("status").first).to_contain_text("已提交复核")
    approve(editor)
    sign_in("guest")
    editor.goto("/procedures/close-jiebei/")
    shown = editor.get_by_role("img", name="一块青色")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 240)


def test_a_drawing_that_could_run_scripts_is_refused_in_words(editor, watch):
    before = body(editor).input_value()
    drawing = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    body(editor).evaluate(DROP, ["drawing.svg", "image/svg+xml", drawing])
    expect(editor.locator("[data-told]")).to_contain_text("SVG不收")
    expect(body(editor)).to_have_value(before)
    # The refusal itself is an answer with an error's status, which the browser logs.
    assert all("/admin/markdown/image/" in note for note in watch.notes)
    watch.notes.clear()


def test_a_picture_chosen_from_the_disk_is_inserted(editor, tmp_path):
    with editor.expect_file_chooser() as chooser:
        editor.locator("[data-upload]").click()
    picture = tmp_path / "screen.png"
    picture.write_bytes(editor.screenshot(clip={"x": 0, "y": 0, "width": 60, "height": 40}))
    chooser.value.set_files(picture)
    expect(body(editor)).to_have_value(re.compile(r"\(/media/images/[0-9a-f]+\.webp\)"))
