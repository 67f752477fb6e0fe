"""An organisation: a principal (whose marketing it is) or an operator (who dials)."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from dialer.calls.shape import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A legal entity: a principal (whose marketing it is) or an operator (who dials)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str = ""
    legal_name: str | None = None
    trading_names: tuple[str, ...] = ()
    group: str | None = None
    fca: Literal["authorised", "appointed_representative", "none"] | None = None
    pension_trustee: bool = False
    charity: bool = False
    address: str | None = None
    freephone: str | None = None
