"""A line as a request names it, and what the request says of it."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final

from pydantic import Field

from dialer.calls.shape import STRICT
from dialer.consents.line_facts import Care, LineWord
from dialer.errors import NotFound, Unreadable
from dialer.ids import Kind
from dialer.law.facts import SubscriberKind
from dialer.web.api.door import Asked
from dialer.web.api.naming import contact_point_of, principal_of
from dialer.web.api.paging import Paged

LONGEST_ID: Final = 128
PersonId = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineQuery(Paged):
    """Whose knowledge of the line; needed by a key that sees more than one principal."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    principal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineGiven:
    """What is known of a line, under one principal: `persons` and `company` are that principal's own ids.

    A corporate subscriber needs its evidence: what was looked at, where and when.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    principal: str | None = None
    subscriber: SubscriberKind | None = None
    subscriber_evidence: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    no_contact: Care | None = None
    persons: Annotated[tuple[PersonId, ...], Field(max_length=20)] = ()
    company: PersonId | None = None


def is_line_name(text: str) -> bool:
    """Say whether a path names a line by its name, not by its number."""
    return text.startswith(f"{Kind.LINE}_")


def named_line(asked: Asked[Any, Any], text: str) -> str:
    """Return the contact point of a path: a name we gave, a number or an address; raises NotFound."""
    if is_line_name(text):
        found = asked.parts.line_names.contact_point_of(text)
        if found is None:
            raise NotFound("no such line; POST /v1/lines/lookup names one")
        return found
    try:
        return contact_point_of(asked, text)
    except Unreadable as problem:
        raise NotFound(f"{problem.message}; nothing can be held about it") from None


def line_word(asked: Asked[LineGiven, Any], contact_point: str) -> LineWord:
    """Return what the request says of the line, with whose word it is."""
    given = asked.body
    return LineWord(
        contact_point=contact_point,
        principal=principal_of(asked, given.principal),
        by=asked.key.name,
        subscriber=given.subscriber,
        subscriber_evidence=given.subscriber_evidence,
        no_contact=given.no_contact,
        persons=given.persons,
        company=given.company,
    )
