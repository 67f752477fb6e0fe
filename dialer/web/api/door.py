"""One door of the JSON API, declared whole beside its view, and the doors of one file collected.

The declaration is the only place where a door's method, path, roles, shapes and problems stand: the guard,
the reader, the renderer and the OpenAPI document all work from it, so they cannot drift apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from dialer.errors import RingfenceError
from dialer.people.keys import Key
from dialer.people.roles import Role, Sight
from dialer.screening.configuration import Configuration
from dialer.wiring import Parts

Body = TypeVar("Body")
Query = TypeVar("Query")
View = TypeVar("View", bound=Callable[..., object])
Method = Literal["GET", "POST", "PUT", "DELETE"]

# Who may read what supervisors read: the auditor reads everything and changes nothing.
READERS = (Role.SUPERVISOR, Role.AUDITOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Generic[Body, Query]):
    """One request, read and allowed: what a view needs and nothing of HTTP."""

    parts: Parts
    configuration: Configuration
    key: Key
    body: Body
    query: Query

    @property
    def sight(self) -> Sight:
        """Return what the asking key may see."""
        return self.key.sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What the outside may rely on at one method and path.

    `roles` empty is open to every key. `required` names members of the body that its shape leaves optional
    (one record serves the judge, who meets gaps, and the doors, who refuse them). `is_raw` hands the view the
    bytes of a body that is read below, `body` then only describes it; `unread` are members it may carry that
    nobody reads. `uploads` takes a form with one file: the view gets its fields and an `uploads.Upload`.
    `answer` None is an answer that is not JSON, or none at all; `media` are the other types it may come as.
    `also` are statuses that the same answer may come with instead (the view then returns `Otherwise`).
    `repeats` says whether a kept answer may be given again to the same idempotent request; None is always.
    """

    method: Method
    path: str
    view: Callable[..., object]
    tag: str
    roles: tuple[Role, ...] = ()
    body: Any = None
    required: tuple[str, ...] = ()
    is_raw: bool = False
    unread: tuple[str, ...] = ()
    uploads: bool = False
    query: Any = None
    answer: Any = None
    status: int = 200
    also: tuple[int, ...] = ()
    media: tuple[str, ...] = ()
    problems: tuple[type[RingfenceError], ...] = ()
    repeats: Callable[[Parts, Mapping[str, Any]], bool] | None = None

    @property
    def name(self) -> str:
        """Return the operation's id, unique in the API: its view's name."""
        return self.view.__name__

    @property
    def keeps_by_id(self) -> bool:
        """Say whether the path names the record, so that the body need not."""
        return self.method == "PUT" and self.path.endswith("/{id}")

    @property
    def summary(self) -> str:
        """Return the first line of the view's docstring."""
        return self.description.partition("\n")[0]

    @property
    def description(self) -> str:
        """Return the view's docstring without its indentation."""
        lines = (self.view.__doc__ or "").strip().splitlines()
        return "\n".join(line.strip() for line in lines)


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A view's answer under another of its door's statuses."""

    answer: object
    status: int


@dataclass(slots=True)
class Doors:
    """The doors of one file, in the order they stand there."""

    tag: str
    doors: list[Door] = field(default_factory=list)

    def get(self, path: str, **declared: Any) -> Callable[[View], View]:
        """Declare the decorated view as a door for reading; `declared` are the fields of `Door`."""
        return self._declare("GET", path, declared)

    def post(self, path: str, **declared: Any) -> Callable[[View], View]:
        """Declare a door that does or adds something; it takes an Idempotency-Key."""
        return self._declare("POST", path, declared)

    def put(self, path: str, **declared: Any) -> Callable[[View], View]:
        """Declare a door that keeps a whole record under the id in its path."""
        return self._declare("PUT", path, declared)

    def delete(self, path: str, **declared: Any) -> Callable[[View], View]:
        """Declare a door that removes a record."""
        return self._declare("DELETE", path, declared)

    def _declare(self, method: Method, path: str, declared: dict[str, Any]) -> Callable[[View], View]:
        def keep(view: View) -> View:
            self.doors.append(Door(method=method, path=path, view=view, tag=self.tag, **declared))
            return view

        return keep
