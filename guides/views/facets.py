"""Filters of a list: what the address asks for, with honest counts beside every choice.

Within a filter one value is enough ("or"), between filters all must hold ("and"). A count tells
how many guides there would be with this value under the other filters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides.models import Guide
from guides.verified import STATES
from guides.views.library import Keys, Library, Shelf, Thing

NAMES: dict[str, str | Promise] = {
    "kind": _("类型"),
    "product": _("产品"),
    "task": _("事项"),
    "tag": _("标签"),
    "verification": _("核实"),
}
SHOWN_LETTERS, SHOWN_VALUES = 40, 5  # of what somebody wrote into the address


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    keys: Keys
    count: int = 0
    checked: bool = False


@dataclass(frozen=True)
class Chip:
    """A condition in force, and the address without it."""

    name: str
    label: str
    url: str
    count: int  # how many guides there are without it


@dataclass(frozen=True)
class Filters:
    facets: dict[str, list[Option]]
    keys: Keys
    chips: list[Chip]
    ignored: list[str]
    clear_url: str

    def rows(self) -> list[tuple[str, str, list[Option]]]:
        """Name, label and options of each filter that has something to choose."""
        return [(name, str(NAMES[name]), each) for name, each in self.facets.items() if each]


Options = dict[str, list[Option]]


def filters(
    library: Library, request: HttpRequest, within: Keys, *, fixed: Iterable[str] = ()
) -> Filters:
    """`within` are the guides the list is made from; the filters in `fixed` are not offered."""
    options = {name: each for name, each in _options(library).items() if name not in set(fixed)}
    chosen, ignored = _chosen(options, request)
    return Filters(
        facets={
            name: _counted(each, chosen[name], _matching(options, chosen, within, but=name))
            for name, each in options.items()
        },
        keys=_matching(options, chosen, within),
        chips=_chips(options, chosen, request, within),
        ignored=ignored,
        clear_url=address(request, **{name: [] for name in options}),
    )


def address(request: HttpRequest, **changes: list[str]) -> str:
    """This page's address with some conditions changed; a changed list begins at page one."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, values in changes.items():
        query.setlist(name, values)
    encoded = query.urlencode()
    return f"{request.path}?{encoded}" if encoded else request.path


def _options(library: Library) -> Options:
    return {
        "kind": [_kind(library, kind) for kind in Guide.Kind],
        "product": [_on_shelf(shelf) for shelf in library.products.values()],
        "task": [_on_shelf(shelf) for shelf in library.tasks.values()],
        "tag": [_on_shelf(shelf) for shelf in library.used_tags()],
        "verification": [_state(library, state) for state in STATES],
    }


def _on_shelf(shelf: Shelf[Thing]) -> Option:
    return Option(shelf.slug, shelf.thing.display_name, shelf.keys)


def _kind(library: Library, kind: Guide.Kind) -> Option:
    return Option(kind.value, str(kind.label), library.of_kind(kind))


def _state(library: Library, state: str) -> Option:
    spines = library.spines.values()
    keys = frozenset(spine.key for spine in spines if spine.verification.state == state)
    return Option(state, str(STATES[state]), keys)


def _chosen(options: Options, request: HttpRequest) -> tuple[dict[str, list[str]], list[str]]:
    """The values asked for that exist, and those that don't, as the reader wrote them."""
    chosen: dict[str, list[str]] = {}
    ignored: list[str] = []
    for name, each in options.items():
        wanted = list(dict.fromkeys(value for value in request.GET.getlist(name) if value))
        known = {option.value for option in each}
        chosen[name] = [value for value in wanted if value in known]
        ignored += [value[:SHOWN_LETTERS] for value in wanted if value not in known]
    return chosen, ignored[:SHOWN_VALUES]


def _matching(
    options: Options, chosen: Mapping[str, list[str]], within: Keys, *, but: str = ""
) -> Keys:
    wanted = [
        _union(option.keys for option in options[name] if option.value in values)
        for name, values in chosen.items()
        if values and name != but
    ]
    return reduce(frozenset.intersection, wanted, within)


def _union(sets: Iterable[Keys]) -> Keys:
    return frozenset().union(*sets)


def _counted(options: Iterable[Option], chosen: list[str], keys: Keys) -> list[Option]:
    return [
        Option(each.value, each.label, each.keys, len(each.keys & keys), each.value in chosen)
        for each in options
    ]


def _chips(
    options: Options, chosen: Mapping[str, list[str]], request: HttpRequest, within: Keys
) -> list[Chip]:
    chips = []
    for name, values in chosen.items():
        labels = {option.value: option.label for option in options[name]}
        for value in values:
            rest = [other for other in values if other != value]
            left = _matching(options, {**chosen, name: rest}, within)
            url = address(request, **{name: rest})
            chips.append(Chip(str(NAMES[name]), labels[value], url, len(left)))
    return chips
