"""Guides that answer equally well: the better checked one first, then the newer one."""

import datetime as dt
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from guides.models import Guide
from tests import factories as make
from tests.pages.reading import Page

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def found(client: Client) -> list[str]:
    links = Page(client.get("/search/", {"q": "关闭服务"})).links("#results > li > h2 a")
    return [link.rstrip("/").rpartition("/")[2] for link in links]


def twin(slug: str, **fields: Any) -> Guide:
    guide: Guide = make.make_procedure(slug, title="关闭服务", summary="同样的话。", **fields)
    return guide


def checked(guide: Guide, kind: str, days_ago: int = 0) -> None:
    day = TODAY - dt.timedelta(days=days_ago)
    checker = make.make_user("", "add_verification")
    make.walked(guide, checker, kind=kind, checked_on=day)


def published(days_ago: int, slug: str, **fields: Any) -> None:
    moment = timezone.now() - dt.timedelta(days=days_ago)
    with mock.patch.object(timezone, "now", return_value=moment):
        twin(slug, **fields)


def test_of_equals_the_one_that_was_checked_better_comes_first(client: Client) -> None:
    twin("unverified")
    checked(twin("due"), "device", days_ago=400)
    checked(twin("sources"), "sources")
    checked(twin("device"), "device")
    assert found(client) == ["device", "sources", "due", "unverified"]


def test_of_equally_checked_ones_the_newer_comes_first(client: Client) -> None:
    for slug, days in (("old", 30), ("new", 1), ("older", 90)):
        published(days, slug)
    assert found(client) == ["new", "old", "older"]


def test_of_one_day_the_first_written_comes_first(client: Client) -> None:
    for slug in ("a", "c", "b"):
        twin(slug)
    assert found(client) == ["a", "c", "b"]


def test_a_better_answer_comes_first_however_unchecked_and_old(client: Client) -> None:
    published(900, "better", aliases=["服务怎么关闭"])
    checked(twin("checked"), "device")
    assert found(client) == ["better", "checked"]
