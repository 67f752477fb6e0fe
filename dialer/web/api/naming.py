"""What a request names: a line in any form people type, and a call by its decision or its reference."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dialer.calls.contact_point import read_contact_point
from dialer.calls.numbers import read_number
from dialer.errors import Fault, NotFound, Unreadable
from dialer.screening.question import Binding
from dialer.store.ledger import Entry
from dialer.web.api.door import Asked
from dialer.wiring import Parts

LONGEST_PERSON: Final = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCall:
    """A call as its ledger line tells it; `may_be_made` says that it was allowed, and binding."""

    id: str
    to: str | None
    principal: str | None
    operator: str | None
    campaign: str | None
    agent: str | None
    call_ref: str | None
    person: str | None
    may_be_made: bool
    decided_at: datetime


def principal_of(asked: Asked[Any, Any], named: str | None, *, pointer: str = "/principal") -> str:
    """Return whose record it is: the principal named, or the only one this key sees.

    Raises NotFound for one that the key may not see or that is not kept, Unreadable where none can be told.
    """
    seen = asked.sight.principals
    principal = named or (next(iter(seen)) if seen is not None and len(seen) == 1 else None)
    if principal is None:
        fault = Fault(pointer, "is required: this key sees more than one principal")
        raise Unreadable("whose record is it? the principal is missing", faults=(fault,))
    if not asked.sight.sees(principal) or principal not in asked.configuration.organisations:
        raise NotFound("no such principal; PUT /v1/organisations/{id} keeps one")
    return principal


def contact_point_of(asked: Asked[Any, Any], text: str | None, *, pointer: str = "/contact_point") -> str:
    """Return the one spelling of a number or address; raises Unreadable that points at its place."""
    if text is None:
        fault = Fault(pointer, "is required, or a decision or call_sid that tells it")
        raise Unreadable("whose line? the contact point is missing", faults=(fault,))
    settings = asked.parts.settings
    try:
        return read_contact_point(
            text, default_region=settings.default_region, drama_mobiles=settings.drama_numbers
        )
    except Unreadable as problem:
        fault = Fault(pointer, problem.message)
        raise Unreadable(problem.message, faults=(fault,)) from None


def person_of_body(text: str | None, *, pointer: str = "/person") -> str | None:
    """Return the person's id, None for a blank one: lines must not be linked by what nobody filled in.

    Raises Unreadable for one that is too long to be an id.
    """
    if text is not None and len(text) > LONGEST_PERSON:
        fault = Fault(pointer, f"has more than {LONGEST_PERSON} characters")
        raise Unreadable("the person's id is too long", faults=(fault,))
    return (text or "").strip() or None


def number_reader(parts: Parts) -> Callable[[str], str]:
    """Return the reading of numbers that this installation uses: any form people type, E.164 out."""
    region, drama = parts.settings.default_region, parts.settings.drama_numbers
    return lambda text: read_number(text, default_region=region, drama_mobiles=drama).e164


def named_call(asked: Asked[Any, Any], *, decision_id: str | None, call_ref: str | None) -> NamedCall | None:
    """Return the call that is named, None where none is; at most three round trips, six for click-to-call.

    A decision that rang our own agent first names the call to the callee that followed.
    Raises NotFound for one that is not known or belongs to another principal.
    """
    if decision_id is None and call_ref is None:
        return None
    ledger = asked.parts.ledger
    found_id = decision_id or ledger.decision_of_call(call_ref or "")
    entry = ledger.find(found_id) if found_id else None
    if entry is None or not asked.sight.sees(entry.fields.get("principal")):
        raise NotFound("no such call: give the decision's id or the call's reference, or the contact point")
    fields = _to_the_callee(asked, entry).fields
    return NamedCall(
        id=fields["id"],
        to=fields.get("to"),
        principal=fields.get("principal"),
        operator=fields.get("operator"),
        campaign=fields.get("campaign"),
        agent=fields.get("agent"),
        call_ref=fields.get("call_ref"),
        person=fields.get("asked", {}).get("person"),
        may_be_made=fields.get("verdict") == "allow" and not fields.get("advisory"),
        decided_at=datetime.fromisoformat(fields["decided_at"]),
    )


def _to_the_callee(asked: Asked[Any, Any], entry: Entry) -> Entry:
    """Return the decision on the callee that followed one that only rang an agent, itself if none did yet."""
    if entry.fields.get("asked", {}).get("binding") != Binding.RINGS:
        return entry
    parts = asked.parts
    legs = {event["CallSid"] for event in parts.calls.of(entry.fields["id"]) if "CallSid" in event}
    followed = (parts.ledger.decision_of_call(leg) for leg in sorted(legs))
    found = (parts.ledger.find(decision) for decision in followed if decision is not None)
    return next((later for later in found if later is not None), entry)
