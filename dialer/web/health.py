"""`/healthz`: this process is alive. `/readyz`: may anything be dialled, and if not, why not.

Neither needs a key nor shows anything about anybody. A register that is old or absent stops only the calls
that it would have to clear, so it is told in words and does not make the house unready.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from flask import Blueprint, Response, jsonify

from dialer.clock import london_day
from dialer.errors import CannotKeep
from dialer.registers.freshness import (
    Freshness,
    age_days,
    freshness_of,
    good_days,
    working_days_missed,
)
from dialer.registers.snapshot import Register
from dialer.store.heartbeats import LISTS, REGISTERS, TIMETABLE, WORKER, Heartbeats
from dialer.store.readiness import look_at_store
from dialer.web.parts import parts_of_app
from dialer.wiring import Parts

# What waits while a part is not there; none of it makes a call unlawful, so it is only told.
_PARTS: Final = {
    WORKER: "objections are in force here, and other systems are not told of them",
    LISTS: "lists that were sent wait",
    REGISTERS: "register files that were sent wait, and the older ones stay in force",
    TIMETABLE: "nothing that was lost is sent again",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """`reasons` empty is ready; `warnings` stop nothing by themselves.

    `heartbeats` say when a part was last heard of, None where not for 45 seconds.
    """

    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    registers: tuple[tuple[str, str], ...] = ()
    store: str | None = None
    skew_seconds: float | None = None
    heartbeats: tuple[tuple[str, str | None], ...] = ()

    @property
    def is_ready(self) -> bool:
        """Say whether anything may be dialled."""
        return not self.reasons


def blueprint() -> Blueprint:
    """Return the blueprint of both doors."""
    made = Blueprint("health", __name__)
    made.add_url_rule("/healthz", "healthz", _healthz, methods=["GET"], provide_automatic_options=False)
    made.add_url_rule("/readyz", "readyz", _readyz, methods=["GET"], provide_automatic_options=False)
    return made


def readiness(parts: Parts) -> Readiness:
    """Return whether anything may be dialled; a few round trips, never raises for a store that is away."""
    try:
        standing = look_at_store(parts.hot_redis, parts.safety)
        registers = parts.registers.registers()
        parts.configuration.current()
        beats = Heartbeats(parts.redis)
        heartbeats = tuple((part, _text(beats.last(part))) for part in _PARTS)
    except CannotKeep as problem:
        return Readiness(reasons=(problem.message,))
    today = london_day(parts.clock())
    words = tuple((register.name, _age_in_words(register, today)) for register in registers)
    old = tuple(f"register {name}: {text}" for name, text in words if ":" in text)
    silent = tuple(f"no {part} process was heard of: {_PARTS[part]}" for part, at in heartbeats if at is None)
    return Readiness(
        reasons=standing.problems,
        warnings=(*standing.warnings, *old, *silent),
        registers=words,
        store=standing.version,
        skew_seconds=standing.skew_seconds,
        heartbeats=heartbeats,
    )


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _healthz() -> Response:
    return jsonify({"status": "alive"})


def _readyz() -> Response:
    found = readiness(parts_of_app())
    response = jsonify(_shown(found))
    response.status_code = 200 if found.is_ready else 503
    response.headers["Cache-Control"] = "no-store"
    return response


def _shown(found: Readiness) -> dict[str, Any]:
    return {
        "status": "ready" if found.is_ready else "not ready: nothing is dialled",
        "reasons": list(found.reasons),
        "warnings": list(found.warnings),
        "registers": dict(found.registers),
        "store": found.store,
        "clock_skew_seconds": found.skew_seconds,
        "heartbeats": dict(found.heartbeats),
    }


def _age_in_words(register: Register, today: date) -> str:
    live = register.live
    if live is None:
        return "never loaded: it clears nobody; import it"
    days = age_days(live.extracted_on, today)
    age = "extracted today" if days == 0 else f"{days} {'day' if days == 1 else 'days'} old"
    match freshness_of(live.extracted_on, today):
        case Freshness.STALE:
            return f"{age}: it no longer clears anybody; import a newer file"
        case Freshness.OLD:
            return f"{age}: import a newer file within {good_days(today) + 1 - days} days"
        case Freshness.AGEING:
            missed = working_days_missed(live.extracted_on, today)
            files = "file of a working day was" if missed == 1 else f"files of {missed} working days were"
            return f"{age}: the {files} missed; import the newest"
        case _:
            return age
