"""`/healthz`: this process is alive. `/readyz`: may anything be dialled, and if not, why not.

Neither needs a key nor shows anything about anybody. A register that is old or absent stops only the calls
that it would have to clear, so it is told in words and does not make the house unready.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify

from dialer.clock import london_day
from dialer.errors import CannotKeep
from dialer.registers.freshness import Freshness, age_days, freshness_of, good_days
from dialer.registers.snapshot import Register
from dialer.store.readiness import look_at_store
from dialer.web.parts import parts_of_app
from dialer.wiring import Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """`reasons` empty is ready; `warnings` stop nothing by themselves."""

    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    registers: tuple[tuple[str, str], ...] = ()
    store: str | None = None
    skew_seconds: float | None = None

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
    """Return whether anything may be dialled; two round trips, never raises for a store that is away."""
    try:
        standing = look_at_store(parts.hot_redis, parts.safety)
        registers = parts.registers.registers()
        parts.configuration.current()
    except CannotKeep as problem:
        return Readiness(reasons=(problem.message,))
    today = london_day(parts.clock())
    words = tuple((register.name, _age_in_words(register, today)) for register in registers)
    old = tuple(f"register {name}: {text}" for name, text in words if ":" in text)
    return Readiness(
        reasons=standing.problems,
        warnings=(*standing.warnings, *old),
        registers=words,
        store=standing.version,
        skew_seconds=standing.skew_seconds,
    )


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
        case _:
            return age
