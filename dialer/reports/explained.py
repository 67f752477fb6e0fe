"""One decision read back from its ledger line, as a page explains it: nothing is judged again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dialer.clock import london_day
from dialer.errors import CannotKeep
from dialer.screening.verdict import Answer


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact a rule looked at. `day` or `at` is set where it is a time, so that its age can be told."""

    name: str
    text: str
    day: date | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule that failed, or the ground that opened the gate."""

    code: str
    verdict: str
    kind: str
    citation: str
    url: str
    text: str
    say: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterUsed:
    """What one register said then, and how old it was."""

    name: str
    snapshot: str | None
    extracted_on: date | None
    age_days: int | None
    listed: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Everything one page says of a decision; `to` is whole, whoever shows it hides what it must."""

    id: str
    answer: Answer
    reason: str
    findings: tuple[Finding, ...]
    details: tuple[str, ...]
    obligations: tuple[str, ...]
    registers: tuple[RegisterUsed, ...]
    to: str
    decided_at: datetime
    retry_at: datetime | None
    valid_until: datetime | None
    advisory: bool
    rules_version: str
    channel: str | None
    campaign: str | None
    agent: str | None
    principal: str | None
    operator: str | None
    call_ref: str | None
    list: str | None

    @property
    def day(self) -> date:
        """Return the London day it was decided on."""
        return london_day(self.decided_at)


def explain(fields: Mapping[str, Any]) -> Explained:
    """Return one ledger line explained; raises CannotKeep for a line that does not read as a decision."""
    try:
        return _explain(fields)
    except (KeyError, TypeError, ValueError):
        raise CannotKeep("this decision's ledger line cannot be read; see `ringfence doctor`") from None


def _explain(fields: Mapping[str, Any]) -> Explained:
    return Explained(
        id=fields["id"],
        answer=Answer(fields["verdict"]),
        reason=fields["reason"],
        findings=tuple(_finding(reason) for reason in fields["reasons"]),
        details=tuple(fields["details"]),
        obligations=tuple(fields["obligations"]),
        registers=tuple(_register(name, said) for name, said in sorted(fields["registers"].items())),
        to=fields["to"] or "",
        decided_at=datetime.fromisoformat(fields["decided_at"]),
        retry_at=_instant(fields["retry_at"]),
        valid_until=_instant(fields["valid_until"]),
        advisory=fields["advisory"],
        rules_version=fields["rules_version"],
        channel=fields["channel"],
        campaign=fields["campaign"],
        agent=fields["agent"],
        principal=fields["principal"],
        operator=fields["operator"],
        call_ref=fields.get("call_ref"),
        list=fields.get("list"),
    )


def _finding(reason: Mapping[str, Any]) -> Finding:
    return Finding(
        code=reason["code"],
        verdict=reason["verdict"],
        kind=reason["kind"],
        citation=reason["citation"],
        # A link is only ever to a public page; anything else in a line is shown as text.
        url=reason["url"] if str(reason["url"]).startswith("https://") else "",
        text=reason["text"],
        say=reason["say"],
        facts=tuple(_fact(name, value) for name, value in reason["facts"].items()),
    )


def _register(name: str, said: Mapping[str, Any]) -> RegisterUsed:
    return RegisterUsed(
        name=name,
        snapshot=said["snapshot"],
        extracted_on=date.fromisoformat(said["extracted_on"]) if said["extracted_on"] else None,
        age_days=said["age_days"],
        listed=said["listed"],
    )


def _fact(name: str, value: object) -> Fact:
    match value:
        case None:
            return Fact(name, "not known")
        case bool():
            return Fact(name, "yes" if value else "no")
        case str():
            return _dated(name, value)
        case _:
            return Fact(name, str(value))


def _dated(name: str, text: str) -> Fact:
    """Read a text as a day or an instant where it is written as one."""
    try:
        at = datetime.fromisoformat(text) if "T" in text else None
        if at is not None and at.tzinfo is not None:
            return Fact(name, text, at=at)
        return Fact(name, text, day=date.fromisoformat(text)) if text.count("-") == 2 else Fact(name, text)
    except ValueError:
        return Fact(name, text)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
