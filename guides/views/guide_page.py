"""A guide's page, put together from one version of its text and what stands around it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.fields import CharField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guides import markdown
from guides.feedback import Told, by_step, open_on, steps_of
from guides.models import Guide, Product, Revision, Tag, Task, VerificationState
from guides.people import Reader, credit_line
from guides.standing import Record, Standing, lines, records_in, standing, until
from guides.verified import (
    Difference,
    ShownRecord,
    differences_of,
    kept_words,
    progress_words,
    shown,
)
from guides.views.cards import Card, card, with_live_words
from guides.views.facts import Fact, facts_of
from guides.views.qr import qr_code

RECORDS = 3  # on the page itself; the page of all versions has the others
KIND_ORDER = {kind: place for place, kind in enumerate(Guide.Kind.values)}


@dataclass(frozen=True)
class Neighbours:
    """Other guides that this reader may see: related ones, and those the text links to."""

    related: list[Card]
    links: Mapping[str, markdown.GuideLink]


@dataclass(frozen=True)
class Around:
    """What stands around a text and is no part of it."""

    products: list[Product]
    tags: list[Tag]
    records: list[Record]


@dataclass(frozen=True)
class Addresses:
    """What can be handed on. The two absolute ones go into clipboards and onto paper."""

    page: str
    permalink: str
    this_version: str

    @property
    def shown_permalink(self) -> str:
        return self.permalink.partition("://")[2]

    @property
    def shown_version(self) -> str:
        return self.this_version.partition("://")[2]

    @property
    def permalink_qr(self) -> SafeString:
        return qr_code(self.permalink)

    @property
    def version_qr(self) -> SafeString:
        return qr_code(self.this_version)


class GuidePage:
    """What templates/guides/guide.html shows; each part is worked out once."""

    def __init__(self, request: HttpRequest, guide: Guide, revision: Revision) -> None:
        self._request = request
        self.guide = guide
        self.revision = revision
        revision.guide = guide  # known already: its address need not be looked up
        self.content: dict[str, Any] = revision.content

    @property
    def is_current(self) -> bool:
        return self.revision.pk == self.guide.live_id

    @cached_property
    def _around(self) -> Around:
        return around(self.guide)

    @property
    def products(self) -> list[Product]:
        return self._around.products

    @property
    def tags(self) -> list[Tag]:
        return self._around.tags

    @cached_property
    def _neighbours(self) -> Neighbours:
        return neighbours(self.guide, self.content["linked"], self._request.user)

    @property
    def related(self) -> list[Card]:
        return self._neighbours.related

    @cached_property
    def _records(self) -> list[Record]:
        return until(self._around.records, self.revision.number or 0)

    @cached_property
    def standing(self) -> Standing:
        return standing(self.content, self._records)

    @cached_property
    def verification(self) -> VerificationState:
        return self.standing.state(self.guide.review_interval_days)

    @property
    def records(self) -> list[ShownRecord]:
        return shown(self._records[:RECORDS], self._request.user)

    @property
    def more_records(self) -> int:
        return len(self._records[RECORDS:])

    @property
    def progress(self) -> str:
        return progress_words(self.standing)

    @property
    def kept(self) -> list[str]:
        return kept_words(self.standing, self.revision.number or 0)

    @cached_property
    def _differences(self) -> dict[str, list[Difference]]:
        return differences_of(self.standing, self._request.user)

    @property
    def whole_differences(self) -> list[Difference]:
        """Of a guide without steps."""
        return self._differences.get("", [])

    @cached_property
    def facts(self) -> list[Fact]:
        return facts_of(
            self.guide.kind,
            self.content["facts"],
            self.products,
            self.guide.task,
            fictional=self.content["fictional"],
        )

    @property
    def lead(self) -> SafeString:
        return self._linked(self.content["lead"])

    @property
    def has_steps(self) -> bool:
        return any(section["steps"] for section in self.content["sections"])

    @cached_property
    def sections(self) -> list[dict[str, Any]]:
        return [self._section(section) for section in self.content["sections"]]

    def _section(self, section: dict[str, Any]) -> dict[str, Any]:
        steps = [self._step(step) for step in section["steps"]]
        return {**section, "html": self._linked(section["html"]), "steps": steps}

    def _step(self, step: dict[str, Any]) -> dict[str, Any]:
        return {
            **step,
            "html": self._linked(step["html"]),
            "marks": mark_names(step["marks"]),
            "differences": self._differences.get(step["key"], []),
            "told": self._told.get(step["key"]),
        }

    @cached_property
    def _told(self) -> dict[str, list[Told]]:
        """What readers said and nobody answered yet: for editors' eyes only."""
        told = open_on(self.guide, self._request.user)
        return by_step(told, steps_of(self.content["sections"])) if told else {}

    @property
    def told_elsewhere(self) -> list[Told]:
        """Of the whole guide, or of steps that this version does not have."""
        return self._told.get("", [])

    @property
    def feedback_url(self) -> str:
        """Empty for a draft: nobody has read it yet."""
        if not self.revision.pk:
            return ""
        return reverse("feedback", args=[self.guide.code, self.revision.number])

    def _linked(self, html: str) -> SafeString:
        """Safe: what publishing sanitised, with present titles and addresses filled in."""
        return SafeString(markdown.link_guides(html, self._neighbours.links))

    @property
    def credits(self) -> str:
        return credit_line(self.revision, self._request.user)

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        return crumbs_of(self.guide, self.products)

    @cached_property
    def addresses(self) -> Addresses:
        return addresses_of(self._request, self.guide, self.revision, is_current=self.is_current)


def around(guide: Guide) -> Around:
    """A guide's products, tags and verifications, in one query."""
    products = Product.objects.filter(guides=guide).order_by()
    tags = Tag.objects.filter(guides=guide).order_by()
    names = ("slug", "name", "name_en")
    found = products.values_list(_word("product"), F("position"), *names).union(
        tags.values_list(_word("tag"), Value(0), *names),
        lines(guide).values_list(_word("record"), Value(0), _word(""), F("line"), _word("")),
        all=True,
    )
    rows = sorted(found, key=lambda row: (row[1], row[2]))
    return Around(
        [Product(slug=row[2], name=row[3], name_en=row[4]) for row in rows if row[0] == "product"],
        [Tag(slug=row[2], name=row[3], name_en=row[4]) for row in rows if row[0] == "tag"],
        records_in(row[3] for row in rows if row[0] == "record"),
    )


def _word(word: str) -> Value:
    return Value(word, output_field=CharField())


def neighbours(guide: Guide, linked: Iterable[str], reader: Reader) -> Neighbours:
    """Related and linked guides in one query. Titles are the published ones, of today."""
    related = Guide.related.through.objects.filter(from_guide=guide.pk, to_guide=OuterRef("pk"))
    near = Guide.objects.visible_to(reader).annotate(is_related=Exists(related))
    wanted = near.filter(Q(is_related=True) | Q(code__in=list(linked)))
    rows: Iterable[Any] = with_live_words(wanted)
    cards = [(card(row), row.is_related) for row in rows]
    return Neighbours(
        related=sorted((card for card, is_related in cards if is_related), key=_by_kind),
        links={card.code: markdown.GuideLink(card.url, card.title) for card, _related in cards},
    )


def _by_kind(card: Card) -> tuple[int, str]:
    return KIND_ORDER[card.kind], card.title


MARKS = ("identity", "irreversible", "waiting")


def mark_names(marks: Iterable[str]) -> list[tuple[str, str]]:
    """The marks of a step as words: colour alone would not reach everybody."""
    names = {"identity": _("身份验证"), "irreversible": _("不可撤回"), "waiting": _("需等待")}
    return [(mark, names[mark]) for mark in MARKS if mark in marks]


LIST_OF_KIND = {"procedure": "procedure_list", "risk": "risk_list", "case": "case_list"}


def crumbs_of(guide: Guide, products: list[Product]) -> list[tuple[str, str]]:
    """Kind, then the product if it is the only one, then the task."""
    names = {"procedure": _("操作指南"), "risk": _("风险提示"), "case": _("案例")}
    crumbs = [(names[guide.kind], reverse(LIST_OF_KIND[guide.kind]))]
    task: Task | None = guide.task
    if len(products) == 1:
        crumbs.append((products[0].display_name, products[0].get_absolute_url()))
        if task:
            cell = reverse("cell", args=[products[0].slug, task.slug])
            crumbs.append((task.display_name, cell))
    elif task:
        crumbs.append((task.display_name, task.get_absolute_url()))
    return crumbs


def addresses_of(
    request: HttpRequest, guide: Guide, revision: Revision, *, is_current: bool
) -> Addresses:
    this_version = reverse("permalink_version", args=[guide.code, revision.number])
    return Addresses(
        page=guide.get_absolute_url() if is_current else revision.get_absolute_url(),
        permalink=request.build_absolute_uri(guide.get_permalink()),
        this_version=request.build_absolute_uri(this_version),
    )
