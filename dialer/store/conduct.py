"""How calls ended, in Redis: each outcome once, dated on its line and counted for its campaign."""

import json
from datetime import timedelta
from typing import Any, Final

from redis import Redis

from dialer.calls.after_call import CallMade, OutcomeTold, WrapUpTold
from dialer.calls.dispositions import Disposition, Outcome
from dialer.clock import london_day, milliseconds
from dialer.store import keys, scripts
from dialer.store.tally import tally_field
from dialer.store.trouble import kept

OUTCOME_KEPT: Final = timedelta(days=60)
# Twice the window of the rate, so that a clock that is a little off loses nothing.
CALLS_KEPT: Final = timedelta(hours=48)
MOST_CALLS: Final = 200_000
_DATED: Final = {Outcome.ABANDONED: "abn", Outcome.MACHINE: "amd"}


class ConductStore:
    """Keeps outcomes and wrap-ups, and what wrap-up codes stand for."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def keep_outcome(self, told: OutcomeTold) -> Outcome:
        """Keep how a call ended and return it; the one told first, if one was. One round trip."""
        dated = _DATED.get(told.outcome)
        counts = told.outcome in {Outcome.ANSWERED, Outcome.ABANDONED}
        with kept("keeping what became of a call"):
            reply = scripts.run(
                self._redis,
                "keep_outcome",
                keys=_keys(told),
                arguments=[
                    json.dumps({"outcome": told.outcome, "Timestamp": told.at.isoformat(), "by": told.by}),
                    f"{dated}:{told.call.principal}" if dated else "",
                    milliseconds(told.at),
                    _entry(told),
                    told.call.decision if counts else "",
                    milliseconds(told.recorded_at - CALLS_KEPT),
                    MOST_CALLS,
                    int(OUTCOME_KEPT.total_seconds()),
                    milliseconds(told.recorded_at),
                    tally_field("outcome", told.outcome, told.call.campaign, None, told.call.principal),
                ],
            )
        return Outcome(json.loads(reply[1])["outcome"]) if reply[0] == b"SEEN" else told.outcome

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
            scripts.run(
                self._redis,
                "keep_entry",
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
        with kept("keeping what wrap-up codes stand for"), self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(keys.WRAP_UP_CODES, principal, body)
            pipe.xadd(keys.LEDGER, {"k": "wrap-up-codes", "d": json.dumps(entry, separators=(",", ":"))})
            pipe.execute()


def _keys(told: OutcomeTold) -> list[str]:
    call = told.call
    return [
        keys.call_events(call.decision),
        keys.line(call.contact_point),
        keys.line_entries(call.contact_point),
        keys.LEDGER,
        keys.campaign_calls(call.campaign, told.outcome),
        keys.tally(london_day(told.at)),
    ]


def _entry(told: OutcomeTold) -> str:
    fields = {
        **_call(told.call),
        "outcome": told.outcome,
        "at": told.at.isoformat(),
        "recorded_at": told.recorded_at.isoformat(),
        "by": told.by,
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
