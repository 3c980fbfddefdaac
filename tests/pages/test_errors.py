"""The pages that say no: right status, reader's language, a way on, and no failure of their own."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.utils import translation

from portal import urls as portal_urls
from tests import factories as make
from tests.pages.reading import Page

pytestmark = pytest.mark.django_db


def failing(request):
    raise RuntimeError("a fault in the portal")


def refused(request):
    raise PermissionDenied


def suspicious(request):
    raise SuspiciousOperation


def guarded(request):
    return HttpResponse("done")


handler400 = portal_urls.handler400
handler403 = portal_urls.handler403
handler404 = portal_urls.handler404
handler500 = portal_urls.handler500
urlpatterns = [
    path("failing/", failing),
    path("refused/", refused),
    path("suspicious/", suspicious),
    path("guarded/", guarded),
    *portal_urls.urlpatterns,
]
here = override_settings(ROOT_URLCONF=__name__)


def test_an_unknown_address_is_told_in_the_reader_s_language(client):
    assert Page(client.get("/nothing/here/")).text("h1") == "没有这一页"
    response = client.get("/en/nothing/here/")
    assert response.status_code == 404
    assert Page(response).one("html")["lang"] == "en"


def test_a_mistyped_address_is_answered_with_the_nearest_guides(client):
    make.make_procedure("close-jiebei", title="关闭借呗")
    make.make_risk("overdue-after-unbind", title="会逾期")
    page = Page(client.get("/procedures/close-jeibei/"))
    assert page.status == 404
    assert page.links("main .list a") == {"/procedures/close-jiebei/": "关闭借呗"}


def test_a_mistyped_short_address_is_answered_with_the_nearest_guide(client):
    make.make_procedure("close-jiebei", code="abcde")
    page = Page(client.get("/p/abcdf/"))
    assert list(page.links("main .list a")) == ["/procedures/close-jiebei/"]


def test_the_nearest_guides_are_only_those_the_reader_may_see(client):
    make.make_procedure("close-jiebei", title="内部办法", visibility="signed-in")
    assert "内部办法" not in Page(client.get("/procedures/close-jeibei/")).text()


def test_where_nothing_is_near_the_reader_can_still_search_and_browse(client):
    page = Page(client.get("/xyzzy/"))
    assert not page.all("main .list")
    assert page.one("main form[role=search]")["action"] == "/search/"
    assert "/guides/" in page.links("main a")


@pytest.mark.parametrize(
    "address",
    [
        "/%00/",
        "/procedures/%00/",
        "/procedures/%ff%fe/",
        "/p/%F0%9F%92%A9/",
        "/" + "a" * 5000 + "/",
        "/" + "a/" * 2000,
        "/procedures/close-jiebei/?q=%00%ff",
        "/%E5%80%9F%E5%91%97/",
        "/..%2f..%2fetc/passwd",
        "/%3Cscript%3Ealert(1)%3C/script%3E/",
    ],
)
def test_no_address_however_odd_is_answered_with_a_fault(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ff%fe", "page=%00", "kind=%00&product=%ff", "q=" + "x" * 9000]
)
def test_odd_query_strings_do_not_disturb_a_guide_page(client, query):
    guide = make.make_procedure()
    assert client.get(f"{guide.get_absolute_url()}?{query}").status_code == 200


@here
def test_a_refusal_answers_403_with_a_way_on(client):
    page = Page(client.get("/refused/"))
    assert page.status == 403
    assert {"/", "/guides/"} <= set(page.links("main a"))


@here
def test_a_stale_form_answers_403_and_says_that_it_is_stale():
    page = Page(Client(enforce_csrf_checks=True).post("/guarded/"))
    assert page.status == 403
    assert page.text("h1") == "表单已经过期"


@here
def test_a_request_nobody_understands_answers_400(client):
    page = Page(client.get("/suspicious/"))
    assert page.status == 400
    assert page.text("h1") == "请求看不懂"


def test_a_strange_host_answers_400(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


@here
def test_a_fault_of_ours_answers_500_without_telling_its_insides():
    page = Page(Client(raise_request_exception=False).get("/failing/"))
    assert page.status == 500
    assert page.text("h1") == "出错了"
    assert "a fault in the portal" not in page.text()


def test_the_500_page_needs_neither_database_nor_request_context(django_assert_num_queries):
    from guides.views.errors import server_error

    with django_assert_num_queries(0), translation.override("en"):
        response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert Page(response).one("html")["lang"] == "en"


@pytest.mark.parametrize("address", ["/nothing/", "/en/nothing/"])
def test_a_page_that_is_not_there_is_not_indexed(client, address):
    assert Page(client.get(address)).one("meta[name=robots]")["content"] == "noindex"
