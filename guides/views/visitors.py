"""How often one address may do something: counted in the cache for minutes, written nowhere."""

import hashlib
import ipaddress
import secrets
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

WINDOW = 600  # seconds
NETWORK = 64  # bits of an IPv6 address that one household or office shares


def address(request: HttpRequest) -> str:
    """Whose request it is. Behind a proxy, that adds its own client at the end, believe that."""
    given: str = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        given = request.headers.get("X-Forwarded-For", given).rpartition(",")[2].strip()
    return given


def seconds_to_wait(request: HttpRequest, what: str, limit: int) -> int:
    """0 where this address has not done it more than `limit` times in this window yet."""
    window, past = divmod(int(time.time()), WINDOW)
    key = _key(window, what, _network(address(request)))
    cache.add(key, 0, WINDOW)
    try:
        return 0 if int(cache.incr(key)) <= limit else WINDOW - past
    except ValueError:  # it ran out between the two calls
        return 0


def first_time(what: str, about: str) -> bool:
    """Whether exactly this was not done before in this window: a form sent twice is one."""
    return cache.add(_key(int(time.time()) // WINDOW, what, about), 1, WINDOW)


def not_done(what: str, about: str) -> None:
    """Takes `first_time` back."""
    cache.delete(_key(int(time.time()) // WINDOW, what, about))


def _key(window: int, what: str, about: str) -> str:
    """A keyed hash; its key is made anew for each window, and lost with it."""
    fresh = secrets.token_hex(16)
    salt = str(cache.get_or_set(f"visitors:{window}", fresh, WINDOW))
    told = f"{what}\0{about}".encode(errors="replace")
    return f"visitors:{hashlib.blake2b(told, key=salt.encode(), digest_size=16).hexdigest()}"


def _network(given: str) -> str:
    try:
        ip = ipaddress.ip_address(given)
    except ValueError:
        return given
    if isinstance(ip, ipaddress.IPv6Address) and not ip.ipv4_mapped:
        return str(ipaddress.ip_network((ip.packed, NETWORK), strict=False))
    return str(getattr(ip, "ipv4_mapped", None) or ip)
