"""How calls ended, in Redis: each outcome once, dated on its line and counted for its campaign."""

import json
from datetime import datetime, timedelta
from typing import Any, Final

from redis import Redis

from dialer.calls.after_call import CallMade, OutcomeHeld, OutcomeTold, WrapUpTold
from dialer.calls.dispositions import Disposition, Outcome
from dialer.clock import london_day, milliseconds
from dialer.errors import CannotKeep
from dialer.store import keys
from dialer.store.on_disk import PROVEN, Disk
from dialer.store.tally import tally_field
from dialer.store.trouble import kept

OUTCOME_KEPT: Final = timedelta(days=60)
# Twice the window of the rate, so that a clock that is a little off loses nothing.
CALLS_KEPT: Final = timedelta(hours=48)
MOST_CALLS: Final = 200_000
TRIES: Final = 8
# Of these the share of abandoned calls is made (law.md 5.1).
_COUNTED: Final = frozenset({Outcome.ANSWERED, Outcome.ABANDONED})
_DATED: Final = {Outcome.ABANDONED: "abn", Outcome.MACHINE: "amd"}


class ConductStore:
    """Keeps outcomes and wrap-ups, and what wrap-up codes stand for."""

    def __init__(self, redis: "Redis", *, disk: Disk = PROVEN) -> None:
        self._redis = redis
        self._disk = disk

    def keep_outcome(self, told: OutcomeTold) -> Outcome:
        """Keep how a call ended and return what stands: the first firm word on it. Two round trips.

        Raises CannotKeep.
        """
        for _ in range(TRIES):
            before, body = self._held(told.call.decision)
            if before is not None and not before.gives_way_to(told):
                return before.outcome
            if self._write(told, before, body):
                return told.outcome
        raise CannotKeep("the outcome of a call kept changing while it was written; send it again")

    def _held(self, decision: str) -> tuple[OutcomeHeld | None, str]:
        """Return the outcome that stands, and as it is written."""
        with kept("reading what became of a call"):
            found: Any = self._redis.hget(keys.call_events(decision), "outcome")
        return (_read(found), found.decode()) if found is not None else (None, "")

    def _write(self, told: OutcomeTold, before: OutcomeHeld | None, body: str) -> bool:
        """Write it in the place of what stood before; False if that changed meanwhile."""
        gone = before or told
        with kept("keeping what became of a call"):
            reply = self._disk.run(
                self._redis,
                "keep_outcome",
                what="the outcome",
                keys=_keys(told, gone),
                arguments=[
                    body,
                    _event(told),
                    _dated(told.outcome, told.call),
                    milliseconds(told.at),
                    _entry(told),
                    told.call.decision,
                    "1" if told.outcome in _COUNTED else "",
                    milliseconds(told.recorded_at - CALLS_KEPT),
                    MOST_CALLS,
                    int(OUTCOME_KEPT.total_seconds()),
                    milliseconds(told.recorded_at),
                    _tally(told.call, told.outcome),
                    _tally(told.call, gone.outcome),
                    _dated(before.outcome, told.call) if before is not None else "",
                    milliseconds(gone.at),
                ],
            )
        return bool(reply[0] == b"DONE")

    def keep_wrap_up(self, told: WrapUpTold) -> None:
        """Keep a wrap-up as it came, whatever its code stands for; one round trip."""
        fields = {
            **_call(told.call),
            "code": told.code,
            "raw": told.raw,
            "disposition": told.disposition,
            "recorded_at": told.recorded_at.isoformat(),
            "by": told.by,
        }
        with kept("keeping a wrap-up"):
            self._disk.run(
                self._redis,
                "keep_entry",
                what="the wrap-up",
                keys=[keys.LEDGER, keys.line_entries(told.call.contact_point)],
                arguments=["wrap-up", json.dumps(fields, separators=(",", ":"))],
            )

    def codes(self, principal: str) -> dict[str, Disposition]:
        """Return what each code stands for under one principal. One round trip."""
        with kept("reading what wrap-up codes stand for"):
            found: Any = self._redis.hget(keys.WRAP_UP_CODES, principal)
        return {code: Disposition(said) for code, said in json.loads(found or "{}").items()}

    def put_codes(self, principal: str, codes: dict[str, Disposition], *, by: str, at: str) -> None:
        """Keep what codes stand for from now on, with a line in the ledger; one round trip."""
        entry = {"principal": principal, "codes": codes, "by": by, "recorded_at": at}
        body = json.dumps(codes, separators=(",", ":"))
        with kept("keeping what wrap-up codes stand for"):
            self._disk.run(
                self._redis,
                "keep_codes",
                keys=[keys.WRAP_UP_CODES, keys.LEDGER],
                arguments=[principal, body, json.dumps(entry, separators=(",", ":"))],
                what="what the codes stand for",
            )


def _keys(told: OutcomeTold, gone: OutcomeHeld | OutcomeTold) -> list[str]:
    call = told.call
    return [
        keys.call_events(call.decision),
        keys.line(call.contact_point),
        keys.line_entries(call.contact_point),
        keys.LEDGER,
        keys.campaign_calls(call.campaign, told.outcome),
        keys.tally(london_day(told.at)),
        keys.campaign_calls(call.campaign, gone.outcome),
        keys.tally(london_day(gone.at)),
    ]


def _event(told: OutcomeTold) -> str:
    """Return the outcome as it stands among the events of its call."""
    fields = {"outcome": told.outcome, "Timestamp": told.at.isoformat(), "by": told.by, "firm": told.is_firm}
    return json.dumps(fields, separators=(",", ":"))


def _dated(outcome: Outcome, call: CallMade) -> str:
    """Return the field of the line that dates such an outcome, empty for one that is not dated."""
    field = _DATED.get(outcome)
    return f"{field}:{call.principal}" if field is not None else ""


def _read(event: bytes) -> OutcomeHeld:
    fields: dict[str, Any] = json.loads(event)
    return OutcomeHeld(
        outcome=Outcome(fields["outcome"]),
        at=datetime.fromisoformat(fields["Timestamp"]),
        is_firm=fields.get("firm", True),
    )


def _tally(call: CallMade, outcome: Outcome) -> str:
    return tally_field("outcome", outcome, call.campaign, None, call.principal)


def _entry(told: OutcomeTold) -> str:
    fields = {
        **_call(told.call),
        "outcome": told.outcome,
        "at": told.at.isoformat(),
        "recorded_at": told.recorded_at.isoformat(),
        "by": told.by,
        "firm": told.is_firm,
    }
    return json.dumps(fields, separators=(",", ":"))


def _call(call: CallMade) -> dict[str, Any]:
    return {
        "decision": call.decision,
        "contact_point": call.contact_point,
        "principal": call.principal,
        "campaign": call.campaign,
        "call_ref": call.call_ref,
    }
