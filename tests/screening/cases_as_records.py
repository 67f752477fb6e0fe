"""A what-if case kept as the store holds it, by the doors' own acts where there is one, at its instant."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from dialer.calls.after_call import CallMade, OutcomeTold
from dialer.calls.dispositions import Outcome
from dialer.clock import milliseconds
from dialer.consents.line_facts import LineWord, put_line
from dialer.consents.line_reports import Report, ReportKind, report
from dialer.ids import Kind, new_id
from dialer.law.facts import Case, Listing, SubscriberKind
from dialer.screening.judge import judge
from dialer.store import keys
from dialer.store.codec import to_json
from dialer.store.configuration import POLICY_ID, Section
from tests.doubles.house import House


def keep(house: House, case: Case) -> None:
    """Keep a whole case and set the clock to its instant."""
    assert case.at is not None
    assert case.campaign is not None
    house.clock.now = case.at.astimezone(UTC)
    put = house.parts.configuration.put
    for organisation in case.organisations:
        put(Section.ORGANISATIONS, organisation.id, organisation)
    put(Section.CAMPAIGNS, case.campaign.id or "", case.campaign)
    put(Section.POLICY, POLICY_ID, case.policy)
    point = judge(case, house.parts.book).number
    for name, listing in (("tps", case.registers.tps), ("ctps", case.registers.ctps)):
        if listing is not None:
            _keep_listing(house, name, listing, point)
    if point is not None:
        _keep_line(house, case, point)
        _keep_records(house, case, point)
        _keep_conduct(house, case, point)


def question(case: Case) -> dict[str, Any]:
    """Return the body of `POST /v1/screen` that asks what the case asks."""
    asked, campaign = case.request, case.campaign
    assert asked is not None
    assert campaign is not None
    body = {
        "to": asked.to or "",
        "campaign": campaign.id,
        "channel": asked.channel,
        "person": case.line.person,
        "brand": asked.brand,
        "dial_mode": asked.dial_mode,
        "solicitation": asked.solicitation,
        "leg": asked.leg,
    }
    return {name: value for name, value in body.items() if value is not None}


def _keep_listing(house: House, name: str, listing: Listing, point: str | None) -> None:
    """Load the snapshots that make a listing: one without the number where it was absent once."""
    assert listing.extracted_on is not None
    numbers = [point] if listing.listed and point is not None else []
    now = house.clock.now
    if listing.last_absent_on is not None:
        house.load_register(name, extracted_on=listing.last_absent_on)
    house.load_register(name, *numbers, extracted_on=listing.extracted_on)
    house.clock.now = now


def _keep_line(house: House, case: Case, point: str) -> None:
    """Tell what is known of the line as `PUT /v1/lines` and `POST /v1/reports` do."""
    line, principal, at = case.line, _principal(case), house.clock()
    is_corporate = line.subscriber is SubscriberKind.CORPORATE
    persons = (line.person,) if line.person is not None else ()
    word = LineWord(
        contact_point=point,
        principal=principal,
        by="test",
        subscriber=line.subscriber,
        subscriber_evidence="the companies' register" if is_corporate else None,
        no_contact=line.no_contact,
        persons=persons,
        company=line.company,
    )
    put_line(word, house.parts.lines, at=at)
    for other in line.other_lines_of_person:
        also = LineWord(contact_point=other, principal=principal, by="test", persons=persons)
        put_line(also, house.parts.lines, at=at)
    if line.wrong_person:
        told = Report(
            id=new_id(Kind.MARK, at=at),
            contact_point=point,
            principal=principal,
            kind=ReportKind.WRONG_PERSON,
            person=line.person,
            campaign=None,
            decision=None,
            by="test",
            source="agent",
        )
        report(told, house.parts.line_reports, at=at)


def _keep_records(house: House, case: Case, point: str) -> None:
    """Write each record under its own id and times: no door lets anybody say when we knew."""
    for field, record in _records(case):
        house.parts.redis.hset(keys.line(point), field, to_json(record))


def _records(case: Case) -> Iterator[tuple[str, Any]]:
    for prefix, records in (
        ("con", case.consents),
        ("obj", case.objections),
        ("hld", case.holds),
        ("sol", case.solicitations),
        ("rel", case.relationships),
    ):
        yield from ((f"{prefix}:{record.id}", record) for record in records)


def _keep_conduct(house: House, case: Case, point: str) -> None:
    dated = (
        (Outcome.ABANDONED, case.conduct.abandoned_at),
        (Outcome.MACHINE, case.conduct.machine_detected_at),
    )
    for outcome, at in dated:
        if at is not None:
            call = CallMade(
                decision=f"dec_{outcome}",
                contact_point=point,
                principal=_principal(case),
                campaign="another",
                call_ref=None,
            )
            told = OutcomeTold(call=call, outcome=outcome, at=at, recorded_at=at, by="test")
            house.parts.conduct.keep_outcome(told)
    for attempt in case.conduct.attempts:
        member = f"{attempt}|{_principal(case)}"
        house.parts.redis.zadd(keys.attempts(point), {member: milliseconds(attempt)})


def _principal(case: Case) -> str:
    return (case.campaign.principal if case.campaign else None) or ""
