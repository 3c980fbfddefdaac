"""A small portal to browse, and many guides at once where only their number matters."""

from dataclasses import dataclass
from itertools import cycle
from typing import Any

from django.utils import timezone

from guides.models import Guide, Procedure, Product, Revision, Tag, Task
from tests import factories as make

# What somebody may put into an address: nothing of it may break a page.
BAD_QUERIES = [
    "page=abc",
    "page=-1",
    "page=999999999999999999999999",
    "page=%00",
    "product=%00&task=%00&tag=%00&kind=%00&verification=%00",
    "product=%ff%fe&kind=%c0%af",
    "product=" + "x" * 20_000,
    "sort=%ff&sort=../../etc&q=%F0%9F",
    "q=%00%00&without=%00&literal=%00",
    "&".join(f"tag={number}" for number in range(500)),
    "product[]=1&product=%27%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
]


@dataclass(frozen=True)
class Shop:
    """花呗 and 借呗; 关闭 and 解绑 as columns of the matrix, 防护 outside it; two tags."""

    huabei: Product
    jiebei: Product
    close: Task
    unbind: Task
    safeguard: Task
    overdue: Tag
    fraud: Tag


def shop() -> Shop:
    return Shop(
        huabei=make.make_product(
            "huabei", name="花呗", name_en="Huabei", aliases=["蚂蚁花呗"], position=1
        ),
        jiebei=make.make_product(
            "jiebei",
            name="借呗",
            name_en="Jiebei",
            aliases=["借贝"],
            description="个人小额借款。",
            position=2,
        ),
        close=make.make_task(
            "close", name="关闭", name_en="Close", aliases=["关掉"], definition="停用。", position=1
        ),
        unbind=make.make_task(
            "unbind", name="解绑", name_en="Unbind", aliases=["换卡"], position=2
        ),
        safeguard=make.make_task("safeguard", name="防护", position=3, in_matrix=False),
        overdue=make.make_tag("overdue", name="逾期"),
        fraud=make.make_tag("fraud", name="防诈骗"),
    )


def many(count: int, at: Shop) -> list[Guide]:
    """Published guides on every shelf, made without the search index: only lists show them."""
    pattern = make.make_procedure("pattern", products=[at.jiebei], task=at.close, tags=[at.fraud])
    shelves = cycle(
        (product, task) for product in (at.huabei, at.jiebei) for task in (at.close, at.unbind)
    )
    places = (next(shelves) for _number in range(count - 1))
    return [pattern, *(_copy(pattern, n, *place) for n, place in enumerate(places))]


def _copy(pattern: Procedure, number: int, product: Product, task: Task) -> Guide:
    guide = Procedure.objects.create(slug=f"copy-{number}", title=f"第{number}篇", task=task)
    guide.products.set([product])
    guide.tags.set(pattern.tags.all())
    content: dict[str, Any] = {**pattern.live.content, "title": guide.title}
    guide.live = Revision.objects.create(
        guide=guide, state="published", number=1, published_at=timezone.now(), content=content
    )
    guide.save()
    return guide
