"""VICIdial's non-agent API: one number on, or off, one of its do-not-call lists.

Source: VICIdial, NON-AGENT_API.txt, functions add_dnc_phone and delete_dnc_phone (the latter since build
240302-0804); last checked against it on 2026-11-24. It answers 200 whatever happened: its first word counts.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from urllib.parse import urlencode

from dialer.delivery.answer import Asked, Holding, Outcome, Told, excerpt
from dialer.delivery.destination import Destination
from dialer.delivery.notice import CORRECTED, Notice
from dialer.delivery.reply import Reply, Unreachable
from dialer.destinations.credentials import Unseal, as_it_is
from dialer.destinations.webhook import USER_AGENT, CourierFor, retry_after
from dialer.errors import Refused, RingfenceError

SOURCE: Final = "ringfence"
SYSTEM_LIST: Final = "SYSTEM_INTERNAL"
_FORM: Final = "application/x-www-form-urlencoded"
_UNITED_KINGDOM: Final = "+44"
# What it says where the answer lies in who asks, not in the number: no other notice would fare better.
_OUR_FAULT: Final = ("PERMISSION", "LOGIN", "PASS", "INVALID SOURCE", "USER", "SYSTEM IS NOT", "TOO MANY")
_KEEPS: Final = "its list keeps the number: a correction takes none out unless the destination says so"
_STANDS: Final = "its list keeps the number: another objection for this line stands"

StillRefused = Callable[[Notice], bool]
Function = Literal["add_dnc_phone", "delete_dnc_phone"]


class VicidialAdapter:
    """Fits `delivery.deliver.Adapter` for destinations of kind `vicidial`.

    `is_still_refused` says whether anything but the corrected objection refuses that line: its list knows
    numbers only, so taking one out for one objection would take it out for all.
    """

    most_at_once: Final = 1

    def __init__(
        self, courier_for: CourierFor, *, is_still_refused: StillRefused, unseal: Unseal = as_it_is
    ) -> None:
        self._courier_for = courier_for
        self._is_still_refused = is_still_refused
        self._unseal = unseal

    def tell(self, destination: Destination, notices: Sequence[Notice], *, at: datetime) -> Told:
        """Add the number in each form it is kept in there; the first form that fails is the answer."""
        (notice,) = notices
        if notice.event == CORRECTED:
            return self._corrected(destination, notice, at=at)
        return self._each_form(destination, notice, "add_dnc_phone", at=at)

    def confirm(self, destination: Destination, notice: Notice, *, at: datetime) -> Asked:  # noqa: ARG002
        """Return that it cannot be asked: the API lists no entries, and adding one again is no question."""
        return Asked(holding=Holding.UNKNOWN, reason="VICIdial's API cannot be asked what its lists hold")

    def list(self, destination: Destination) -> Iterator[str] | None:  # noqa: ARG002 - other kinds need it
        """Return None: its lists come as an export, see `inbound`."""
        return None

    def _corrected(self, destination: Destination, notice: Notice, *, at: datetime) -> Told:
        if not destination.removes_corrected:
            return Told(outcome=Outcome.RECEIVED, reason=_KEEPS)
        if self._is_still_refused(notice):
            return Told(outcome=Outcome.RECEIVED, reason=_STANDS)
        return self._each_form(destination, notice, "delete_dnc_phone", at=at)

    def _each_form(
        self, destination: Destination, notice: Notice, function: Function, *, at: datetime
    ) -> Told:
        took, told = timedelta(0), Told(outcome=Outcome.RETRY, reason="not a telephone number")
        for number in forms_of(notice.contact_point):
            told = self._ask(destination, function, number, at=at)
            took += told.took
            if told.outcome is not Outcome.RECEIVED:
                break
        return Told(
            outcome=told.outcome,
            reason=told.reason,
            status=told.status,
            answer=told.answer,
            took=took,
            retry_after=told.retry_after,
        )

    def _ask(self, destination: Destination, function: Function, number: str, *, at: datetime) -> Told:
        headers = {"Content-Type": _FORM, "User-Agent": USER_AGENT}
        try:
            # Posted rather than put in the address: servers write addresses to their logs, with the password.
            body = urlencode(self._fields(destination, function, number)).encode()
            courier = self._courier_for(destination)
            reply = courier.send("POST", destination.url, headers=headers, body=body)
        except Unreachable as problem:
            return Told(outcome=Outcome.UNWELL, reason=f"no answer: {problem.message}")
        except RingfenceError as problem:
            return Told(outcome=Outcome.RETRY, reason=f"not sent: {problem.message}")
        outcome, reason = meaning_of(reply, function)
        return Told(
            outcome=outcome,
            reason=reason,
            status=reply.status,
            answer=excerpt(reply.body),
            took=reply.took,
            retry_after=retry_after(reply.headers.get("retry-after"), at=at),
        )

    def _fields(self, destination: Destination, function: Function, number: str) -> dict[str, str]:
        if destination.login is None:
            raise Refused("the destination has no log-in; give it one")
        return {
            "source": SOURCE,
            "user": destination.login.user,
            "pass": self._unseal(destination.login.password, of=destination.id),
            "function": function,
            "phone_number": number,
            "campaign_id": destination.campaign or SYSTEM_LIST,
        }


def forms_of(contact_point: str) -> tuple[str, ...]:
    """Return the forms in which its lists may hold a line, since it compares them letter by letter.

    A British one: `447700900123`, `07700900123`, and `7700900123` beside a phone code of its own. Others:
    international without the plus. Nothing for what is no telephone number.
    """
    if not contact_point.startswith("+") or not contact_point[1:].isdigit():
        return ()
    digits = contact_point[1:]
    if not contact_point.startswith(_UNITED_KINGDOM):
        return (digits,)
    bare = digits[2:]
    return digits, f"0{bare}", bare


def meaning_of(reply: Reply, function: Function) -> tuple[Outcome, str]:
    """Return what an answer means, in our words; anything it is not known to say is no success."""
    if reply.status != 200:
        is_away = reply.status in {429, 502, 503, 504}
        return (Outcome.UNWELL if is_away else Outcome.RETRY), f"answered {reply.status}"
    line = " ".join(reply.body[:1_000].decode("utf-8", "replace").split())
    if line.startswith(f"SUCCESS: {function}"):
        return Outcome.RECEIVED, "its list took the number" if function[0] == "a" else "its list let it go"
    if not line.startswith("ERROR:"):
        return Outcome.RETRY, "answered 200 with something that is not this API's"
    said = line.removeprefix(f"ERROR: {function}").partition(" - ")[0].upper()
    if function == "add_dnc_phone" and "ALREADY EXISTS" in said:
        return Outcome.RECEIVED, "its list held the number already"
    if function == "delete_dnc_phone" and "DOES NOT EXIST" in said:
        return Outcome.RECEIVED, "its list did not hold the number"
    if any(word in said for word in _OUR_FAULT):
        return Outcome.UNWELL, "it does not let us in: check the user, its level (8) and its permissions"
    return Outcome.RETRY, "it refused the number: see its answer"
