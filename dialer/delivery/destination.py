"""A destination: another system that must learn of every withdrawal in its share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, Literal

from pydantic import AwareDatetime

from dialer.calls.shape import STRICT

Kind = Literal["webhook", "csv_drop", "vicidial", "mailbox"]
TaughtChannel = Literal["calls", "texts", "email", "post"]
TaughtReach = Literal["brand", "campaign", "group", "principal", "operator", "no_contact"]
EVERY_CHANNEL: Final[frozenset[str]] = frozenset({"calls", "texts", "email", "post"})
# As in contract section 5: names that stand for several channels.
_NAMED: Final[Mapping[str, frozenset[str]]] = {
    "all": EVERY_CHANNEL,
    "voice": frozenset({"calls"}),
    "text": frozenset({"texts", "email"}),
}
WHOLE_PRINCIPAL: Final = "principal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """How we log in there; the password is sealed text outside the worker that uses it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where notices go, and which; what None says is in each line.

    `url` is where a webhook is posted, VICIdial's `non_agent_api.php`, or `smtp(s)://host[:port]`; a drop has
    none. `secrets`: a webhook's, newest first, two while one is rotated. `principals`, `channels`, `reaches`:
    only withdrawals of these are told, None is all. `networks` are ranges that its address may lie in beside
    public ones. `a_second`: most attempts a second, None as fast as it answers. `campaign` is VICIdial's
    list, `mailbox` and `sender` a mail's two addresses. `removes_corrected`: whether a correction may take an
    entry out of a list that holds nothing but numbers. `paused_at`: since when it is told nothing, by
    somebody's choice; what is due meanwhile stays due, and is counted as overdue.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: str
    kind: Kind
    url: str = ""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    principals: tuple[str, ...] | None = None
    channels: tuple[TaughtChannel, ...] | None = None
    reaches: tuple[TaughtReach, ...] | None = None
    confirm_url: str | None = None
    created_at: AwareDatetime | None = None
    networks: tuple[str, ...] = ()
    a_second: float | None = None
    login: Login | None = None
    campaign: str | None = None
    mailbox: str | None = None
    sender: str | None = None
    removes_corrected: bool = False
    paused_at: AwareDatetime | None = None

    def takes(self, principal: str | None) -> bool:
        """Say whether withdrawals of this principal (None: of the whole operator) are told to it."""
        return self.principals is None or principal is None or principal in self.principals

    def takes_scope(self, scope: Mapping[str, object]) -> bool:
        """Say whether it is told of a withdrawal this wide; one whose width is not known is always told."""
        reach = scope.get("reach") or WHOLE_PRINCIPAL
        is_near = self.reaches is None or reach in self.reaches or reach not in _REACHES
        is_heard = self.channels is None or bool(channels_named(scope.get("channels")) & set(self.channels))
        return is_near and is_heard


_REACHES: Final = frozenset({"brand", "campaign", "group", "principal", "operator", "no_contact"})


def channels_named(named: object) -> frozenset[str]:
    """Return the plain channels that a scope's words stand for; none, or unknown words, are all of them."""
    if isinstance(named, str):
        return _NAMED.get(named, EVERY_CHANNEL)
    if isinstance(named, list | tuple) and named:
        return frozenset(named) if set(named) <= EVERY_CHANNEL else EVERY_CHANNEL
    return EVERY_CHANNEL
