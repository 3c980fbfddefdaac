"""What work costs, in measures that a slow or busy machine does not change: never in seconds."""

import sys
import time
from collections.abc import Callable
from types import FrameType

Action = Callable[[], object]
# Times as long as an ordinary text of the same length. The worst stand at about 20; work that grows
# with the square of a text is beyond 1,000 at these lengths.
MUCH = 150


def calls(action: Action) -> int:
    """How many Python and C functions are called."""
    count = 0

    def tick(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        action()
    finally:
        sys.setprofile(before)
    return count


def times_as_long(work: Callable[[str], object], text: str, usual: str) -> float:
    """The processor's time for one text as a multiple of that for another, side by side.

    Each is done twice and the shorter taken: whatever else the machine does only adds.
    """
    spent = [(_spent(work, text), _spent(work, usual)) for _turn in range(2)]
    return min(one for one, _other in spent) / max(min(other for _one, other in spent), 1e-6)


def _spent(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start
