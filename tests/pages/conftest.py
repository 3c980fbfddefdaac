from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation


@pytest.fixture(autouse=True)
def _reading_chinese() -> Iterator[None]:
    """A request leaves its language active in its thread; the next test must not inherit it."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
