"""A destination: another system that must learn of every withdrawal in its share."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from pydantic import AwareDatetime

from dialer.calls.shape import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where notices go. `principals` None is all; `secrets`: newest first, two while one is rotated."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: str
    kind: Literal["webhook"]
    url: str
    secrets: tuple[str, ...] = field(repr=False)
    principals: tuple[str, ...] | None = None
    confirm_url: str | None = None
    created_at: AwareDatetime | None = None

    def takes(self, principal: str | None) -> bool:
        """Say whether withdrawals of this principal (None: of the whole operator) are told to it."""
        return self.principals is None or principal is None or principal in self.principals
