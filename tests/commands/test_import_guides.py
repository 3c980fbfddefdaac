"""`manage.py import_guides`: all or nothing, and every fault with its file and line."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from guides import publishing
from guides.models import Guide, Product, Revision
from tests.factories import edited, make_procedure, make_product, make_source, make_user

pytestmark = pytest.mark.django_db

DOCUMENT = """---
kind: procedure
slug: {slug}
language: zh-hans
code: {code}
title: 关闭借呗
summary: 在支付宝里停用借呗的借款功能。
aliases:
- 借呗怎么关
performer: 账户本人
minutes: 10
at_hand: 支付密码
risk_level: medium
risk_reason: 再开要重新评估
products: {products}
task: null
tags: []
claims: []
related: []
emergency: false
visibility: public
groups: []
owner: null
review_interval_days: 90
translation_of: null
---

## 操作步骤

### 打开管理页 {{#k001}}

{text}
"""


def document(slug="close-jiebei", code="p2345", text="看一看。[^S1]", products="[]") -> str:
    return DOCUMENT.format(slug=slug, code=code, text=text, products=products)


def test_a_fault_of_a_field_is_told_with_its_line_in_the_file(folder, capsys):
    text = document().replace("支付密码", "手机13812345678")
    (folder / "one.md").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("import_guides", str(folder), "--publish")
    line = text.split("\n").index("at_hand: 手机13812345678") + 1
    assert f"one.md:{line}:" in capsys.readouterr().err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_source("S1")
    return tmp_path


def _import(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_guides", str(path), *options, stdout=out, stderr=out)
    return out.getvalue()


def _faults_of(path: Path, *options: str) -> str:
    err = io.StringIO()
    with pytest.raises(CommandError, match="什么都没有导入"):
        call_command("import_guides", str(path), *options, stdout=io.StringIO(), stderr=err)
    assert "Traceback" not in err.getvalue()
    return err.getvalue()


def test_a_file_becomes_a_draft_in_the_name_of_its_author(folder):
    (folder / "a.md").write_text(document(), encoding="utf-8")
    make_user("lin")
    assert "created   close-jiebei" in _import(folder / "a.md", "--author", "lin")
    guide = Guide.objects.get(slug="close-jiebei")
    assert guide.live is None
    assert guide.revisions.get().author.username == "lin"


def test_publish_makes_it_live_with_its_permalink_code(folder):
    (folder / "a.md").write_text(document(code="p2345"), encoding="utf-8")
    _import(folder / "a.md", "--publish")
    guide = Guide.objects.get(slug="close-jiebei")
    assert (guide.live.number, guide.code) == (1, "p2345")


def test_a_folder_may_link_in_circles(folder):
    for slug, other in (("one", "two"), ("two", "one")):
        text = document(slug, code=f"p234{len(other)}{slug[0]}", text=f"看[[{other}]]。[^S1]")
        (folder / f"{slug}.md").write_text(text, encoding="utf-8")
    _import(folder, "--publish")
    assert Guide.objects.filter(live__isnull=False).count() == 2


def test_a_zip_is_read_like_a_folder(folder):
    path = folder / "guides.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("guides/a.md", document())
        archive.writestr("readme.txt", "left alone")
    _import(path)
    assert Guide.objects.filter(slug="close-jiebei").exists()


def test_importing_again_updates_the_draft_and_makes_no_second_guide(folder):
    (folder / "a.md").write_text(document(), encoding="utf-8")
    _import(folder, "--publish")
    (folder / "a.md").write_text(document(text="换了说法。[^S1]"), encoding="utf-8")
    assert "updated" in _import(folder, "--publish")
    guide = Guide.objects.get()
    assert guide.live.number == 2
    assert "换了说法" in guide.live.document


def test_a_dry_run_reports_and_changes_nothing(folder):
    (folder / "a.md").write_text(document(), encoding="utf-8")
    assert "检查通过" in _import(folder, "--publish", "--dry-run")
    assert not Guide.objects.exists()
    assert not Revision.objects.exists()


def test_one_bad_file_among_good_ones_imports_nothing_at_all(folder):
    (folder / "a.md").write_text(document("good", "p2222"), encoding="utf-8")
    (folder / "b.md").write_text(document("bad", "p3333", products="[nope]"), encoding="utf-8")
    assert "b.md:15" in _faults_of(folder)
    assert not Guide.objects.exists()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("没有围栏\n", 1, ""),
        ("---\nkind: procedure\nkind: risk\n---\n\nx\n", 3, "kind"),
        ("---\nkind: [\n---\n\nx\n", 3, ""),
        (document().replace("title: 关闭借呗\n", ""), 1, "title"),
        (document().replace("minutes: 10", "minutes: 十分钟"), 11, "minutes"),
        (document().replace("kind: procedure", "kind: poem"), 2, "poem"),
        (document().replace("visibility: public", "visibility: secret"), 21, "secret"),
    ],
    ids=["no front matter", "doubled key", "broken yaml", "missing", "type", "kind", "visibility"],
)
def test_broken_front_matter_is_reported_with_file_and_line(folder, text, line, words):
    (folder / "a.md").write_text(text, encoding="utf-8")
    report = _faults_of(folder)
    assert re.search(rf"^a\.md:{line}: .*{words}", report, re.MULTILINE), report


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("看[[no-such]]。[^S1]", "no-such"),
        ("看。[^S77]", "S77"),
        ("![图](/media/images/no.png)[^S1]", "no.png"),
    ],
    ids=["guide", "source", "image"],
)
def test_unknown_names_in_the_text_are_reported_with_their_line(folder, text, words):
    (folder / "a.md").write_text(document(text=text), encoding="utf-8")
    report = _faults_of(folder, "--publish")
    line = document(text=text).split("\n").index(text) + 1
    assert re.search(rf"^a\.md:{line}: .*{re.escape(words)}", report, re.MULTILINE), report


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("title: 关闭借呗", "title: " + "长" * 61, 6),
        ("summary: 在支付宝里停用借呗的借款功能。", "summary: ''", 7),
        ("performer: 账户本人", "performer: " + "长" * 61, 10),
    ],
    ids=["title too long", "no summary", "fact too long"],
)
def test_a_value_that_does_not_fit_is_reported_with_its_line(folder, old, new, line):
    (folder / "a.md").write_text(document().replace(old, new), encoding="utf-8")
    assert f"a.md:{line}: {new.partition(':')[0]}" in _faults_of(folder)


def test_another_encoding_is_told_with_the_line(folder):
    (folder / "a.md").write_bytes(document().encode("gb18030"))
    assert re.search(r"a\.md:6: .*UTF-8", _faults_of(folder))


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(folder):
    (folder / "a.md").write_bytes(b"\xef\xbb\xbf" + document().replace("\n", "\r\n").encode())
    _import(folder, "--publish")
    assert "\r" not in Guide.objects.get().body


def test_two_files_with_one_slug_or_one_code_are_refused(folder):
    (folder / "a.md").write_text(document("same", "p2222"), encoding="utf-8")
    (folder / "b.md").write_text(document("same", "p3333"), encoding="utf-8")
    assert "b.md:3" in _faults_of(folder)
    (folder / "b.md").write_text(document("other", "p2222"), encoding="utf-8")
    assert "b.md:5" in _faults_of(folder)


def test_a_slug_of_another_kind_and_a_former_slug_are_refused(folder):
    guide = make_procedure("old")
    publishing.save_draft(edited(guide, slug="new"), None)
    (folder / "a.md").write_text(document("old"), encoding="utf-8")
    assert "a.md:3" in _faults_of(folder)
    as_case = document("new").replace("kind: procedure", "kind: case")
    facts = re.compile(r"performer.*risk_reason[^\n]*", re.DOTALL)
    (folder / "a.md").write_text(facts.sub("setting: ''\noutcome: ''", as_case), encoding="utf-8")
    assert "a.md:2" in _faults_of(folder)


def test_a_code_that_another_guide_holds_is_refused(folder):
    guide = make_procedure("other")
    (folder / "a.md").write_text(document(code=guide.code), encoding="utf-8")
    assert "a.md:5" in _faults_of(folder)


@pytest.mark.parametrize("name", ["nothing-here", "empty"])
def test_a_path_without_documents_is_told(folder, name):
    (folder / "empty").mkdir()
    assert _faults_of(folder / name)


def test_a_file_over_the_limit_is_refused_without_reading_it_all(folder, monkeypatch):
    monkeypatch.setattr("guides.interchange.MAX_FILE_BYTES", 2000)
    path = folder / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.md", "0" * 10_000_000)
    assert "a.md" in _faults_of(path)


def test_names_that_climb_out_of_a_zip_are_only_labels(folder):
    path = folder / "evil.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../../outside.md", document())
    _import(path)
    assert Guide.objects.exists()
    assert not list(folder.parent.parent.glob("outside.md"))


def test_catalogues_beside_the_documents_are_read_first(folder):
    (folder / "products.yaml").write_text("- slug: jiebei\n  name: 借呗\n", encoding="utf-8")
    (folder / "a.md").write_text(document(products="[jiebei]"), encoding="utf-8")
    _import(folder)
    assert Guide.objects.get().products.get().name == "借呗"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("slug: jiebei\n", 1),
        ("- slug: a\n  name: 甲\n- slug: b\n  colour: red\n", 3),
        ("- slug: a\n  name: [\n", 3),
        ("- &x {slug: a, name: 甲}\n- *x\n", 2),
        ("- slug: a b\n  name: 甲\n", 1),
        ("- name: 甲\n", 1),
    ],
    ids=["no list", "unknown field", "broken", "alias", "bad slug", "no key"],
)
def test_a_broken_catalogue_is_reported_with_its_line(folder, text, line):
    (folder / "products.yaml").write_text(text, encoding="utf-8")
    assert f"products.yaml:{line}: " in _faults_of(folder)
    assert not Product.objects.exists()


def test_a_claim_on_an_unknown_source_is_refused(folder):
    text = "- {slug: c, question: 吗, wording: 并列, positions: [{source: S9, statement: 是}]}\n"
    (folder / "claims.yaml").write_text(text, encoding="utf-8")
    assert "S9" in _faults_of(folder)


def test_an_unknown_author_is_told(folder):
    make_product()
    (folder / "a.md").write_text(document(), encoding="utf-8")
    with pytest.raises(CommandError, match="nobody"):
        _import(folder, "--author", "nobody")
