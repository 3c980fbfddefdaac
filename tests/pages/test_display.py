"""/display/: theme and size, kept by the server, so that no page flashes in the wrong one."""

import pytest

from tests.pages.reading import Page

pytestmark = pytest.mark.django_db


def chosen(client, **fields):
    return client.post("/display/", fields)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_is_written_into_the_next_page(client, theme):
    chosen(client, theme=theme)
    page = Page(client.get("/about/"))
    assert page.one("html")["data-theme"] == theme
    assert page.one("input[name=theme][checked]")["value"] == theme


def test_a_larger_type_is_written_into_the_next_page(client):
    chosen(client, size="large")
    assert Page(client.get("/about/")).one("html")["data-size"] == "large"


def test_going_back_to_what_the_system_says_forgets_the_choice(client):
    chosen(client, theme="dark", size="large")
    chosen(client, theme="", size="")
    html = Page(client.get("/about/")).one("html")
    assert "data-theme" not in html.attrs
    assert "data-size" not in html.attrs


@pytest.mark.parametrize("value", ["pink", 'dark" onload="x', "\xe6\xb7\xb1", "x" * 5000])
def test_what_was_never_offered_is_never_kept(client, value):
    response = chosen(client, theme=value)
    assert "theme" not in response.cookies
    client.cookies["theme"] = value
    assert "data-theme" not in Page(client.get("/about/")).one("html").attrs


def test_the_reader_comes_back_to_the_page_they_were_on(client):
    response = chosen(client, theme="dark", next="/search/?q=借呗&page=2")
    assert response.status_code == 302
    assert response["Location"].startswith("/search/?q=")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "\x00",
        "",
    ],
)
def test_nobody_is_led_to_another_site(client, elsewhere):
    assert chosen(client, theme="dark", next=elsewhere)["Location"] == "/"


def test_the_form_is_on_the_page_and_works_without_a_token(client):
    form = Page(client.get("/about/")).one("form[data-display]")
    assert (form["action"], form["method"]) == ("/display/", "post")
    strict = client.__class__(enforce_csrf_checks=True)
    assert chosen(strict, theme="dark").cookies["theme"].value == "dark"


def test_reading_a_page_sets_no_cookie(client):
    assert not client.get("/about/").cookies


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client):
    cookie = chosen(client, theme="dark").cookies["theme"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_asking_for_the_form_s_address_leads_home(client):
    assert client.get("/display/")["Location"] == "/"


def test_shared_caches_are_told_that_pages_depend_on_the_cookie(client):
    assert "Cookie" in client.get("/about/")["Vary"]
