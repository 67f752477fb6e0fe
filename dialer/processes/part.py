"""A part of the installation, as the supervisor sees it: what to run, when, and how to tell that it works."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One process to keep alive. `inherits` are descriptors it holds open; `environment` is all it sees.

    Parts of a lower `stage` are ready before those of a higher one start, and end after them. A part that
    `ends` is run once: it is ready when it has ended, and is not started again. A part that lasts and has no
    `is_ready` of its own counts as ready when it has run for a second without falling.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    stage: int
    is_ready: Callable[[], bool] | None = None
    ends: bool = False
    inherits: tuple[int, ...] = ()
