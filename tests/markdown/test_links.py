"""Links to elsewhere, links between guides, images."""

import pytest

from guides.markdown import image_names, linked_slugs
from tests.markdown.kit import codes, lead, rendered


@pytest.mark.parametrize(
    "address", ["http://a.example/x?y=1&z=2", "https://a.example/", "HTTPS://a.example/"]
)
def test_a_link_to_another_site_vouches_for_nothing(address):
    html = lead(f"[文]({address})\n")
    assert 'rel="noopener noreferrer nofollow"' in html
    assert "<a href=" in html


@pytest.mark.parametrize(
    "address", ["/about/", "../close-huabei/", "?page=2", "#h-top", "mailto:a@b.example"]
)
def test_a_link_inside_the_site_or_to_a_mailbox_is_plain(address):
    html = rendered(f"## top\n\n[文]({address})\n").sections[0]["html"]
    assert html == f'<p><a href="{address}">文</a></p>\n'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript&colon;alert(1)",
        "java&#10;script:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "data:image/svg+xml,x",
        "file:///etc/passwd",
        "ftp://a.example/",
        "tel:110",
        "//a.example/",
        "x:y",
        "&#9;javascript:alert(1)",
    ],
)
def test_other_addresses_are_refused_with_their_line_and_the_words_stay(address):
    body = f"一\n[文]({address})\n"
    assert codes(body) == [(2, "bad-link")]
    assert rendered(body).lead == "<p>一文</p>\n"


def test_a_refused_address_is_refused_in_every_way_to_write_a_link():
    for body in (
        "<javascript:x>\n",
        "[文][a]\n\n[a]: javascript:x\n",
        "[a]\n\n[a]: <javascript:x>\n",
    ):
        assert codes(body) == [(1, "bad-link")]
        assert "<a" not in rendered(body).lead


def test_a_backslash_that_browsers_would_read_as_another_site_is_encoded():
    assert lead("[文](/\\a.example/)\n") == '<p><a href="/%5Ca.example/">文</a></p>\n'


def test_an_anchor_that_the_page_does_not_have_is_pointed_out():
    body = "## 之后\n\n[好](#之后) [坏](#以前)\n\n[源](#src-S3)[^S3]\n"
    assert codes(body) == [(3, "unknown-anchor")]


def test_addresses_and_titles_cannot_break_out_of_their_attributes():
    html = lead('[文](</a"onclick=x> "t\\" onclick=\'x\'")\n')
    assert html == '<p><a href="/a%22onclick=x">文</a></p>\n'


def test_a_guide_link_leaves_a_place_for_address_and_title():
    result = rendered("见[[close-huabei]]。\n")
    assert result.lead == '<p>见<a data-guide="pch7m"></a>。</p>\n'
    assert result.linked == ["pch7m"]


def test_a_guide_link_may_bring_its_own_words():
    html = lead("见[[close-huabei|先关<花呗>]]。\n")
    assert html == '<p>见<a data-guide="pch7m">先关&lt;花呗&gt;</a>。</p>\n'


def test_an_unknown_guide_is_reported_with_its_line_and_shown_as_words():
    assert codes("一\n[[close-nothing]]\n") == [(2, "unknown-guide")]
    assert rendered("[[close-nothing|文]]\n").lead == "<p>文</p>\n"
    assert rendered("[[close-nothing]]\n").lead == "<p>[[close-nothing]]</p>\n"


def test_no_link_stands_inside_a_link():
    html = rendered("[一[[close-huabei]]二](/about/)\n").lead
    assert html.count("<a ") == 1


def test_linked_slugs_and_images_are_found_without_rendering():
    body = "[[a-b]] [[c|文]] [[d\n]] ![x](/media/images/x.png) ![y](https://a.example/y.png)"
    assert linked_slugs(body) == {"a-b", "c"}
    assert image_names(body) == {"x.png"}


def test_an_uploaded_image_is_shown_when_it_comes_into_view():
    result = rendered("![借呗*首页*](/media/images/a1b2.webp)\n")
    assert result.lead == (
        '<p><img src="/media/images/a1b2.webp" alt="借呗首页" loading="lazy"></p>\n'
    )
    assert result.images == ["a1b2.webp"]


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("/media/images/gone.png", "missing-image"),
        ("https://a.example/x.png", "foreign-image"),
        ("x.png", "foreign-image"),
        ("/media/images/../x.png", "foreign-image"),
        ("/media/images/a/x.png", "foreign-image"),
        ("/media/images/x.png?y", "foreign-image"),
        ("/static/x.png", "foreign-image"),
        ("javascript:x", "foreign-image"),
        ("data:image/png;base64,AA", "foreign-image"),
    ],
)
def test_any_other_image_is_reported_and_shown_as_its_description(address, fault):
    body = f"![说明]({address})\n"
    assert codes(body) == [(1, fault)]
    assert rendered(body).lead == "<p>说明</p>\n"


def test_an_image_without_a_description_is_shown_with_a_warning():
    result = rendered("![](/media/images/x.png)\n")
    assert 'alt=""' in result.lead
    assert [(fault.code, fault.severity) for fault in result.faults] == [
        ("image-without-alt", "warning")
    ]


def test_an_image_may_be_a_link():
    html = lead("[![图](/media/images/x.png)](/about/)\n")
    assert html == (
        '<p><a href="/about/"><img src="/media/images/x.png" alt="图" loading="lazy"></a></p>\n'
    )
