"""A list that numbers came from: who supplied it, under what, and what an agent may say of it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import Field

from dialer.calls.shape import STRICT

Told = Annotated[str, Field(max_length=2_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceList:
    """One list of one principal. `say` answers *where did you get my number?*, in the agent's mouth.

    `notice_given` says whether, or how, the people on it were told who has their number (UK GDPR Art 14).
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    principal: str | None = None
    supplier: Told | None = None
    contract: Told | None = None
    obtained_on: date | None = None
    basis: Told | None = None
    due_diligence: Told | None = None
    notice_given: bool | Told | None = None
    say: Annotated[str, Field(max_length=300)] | None = None
