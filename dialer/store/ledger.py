"""The ledger: every decision and every objection, in the stream's order; the commit is the point of truth."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from redis import Redis

from dialer.clock import from_milliseconds, london_day, milliseconds, monotonic_seconds
from dialer.errors import CannotKeep
from dialer.screening.decision import Decision
from dialer.screening.decision_json import decision_fields
from dialer.screening.gathered import AnsweredBefore, Changed, Committed, Done, Gathered, Receipt
from dialer.screening.question import Binding, Question
from dialer.screening.question_json import question_fields
from dialer.screening.screen import permit_digest
from dialer.screening.verdict import Answer
from dialer.store import keys, scripts
from dialer.store.line_record import pairs_of
from dialer.store.scripts import Argument
from dialer.store.trouble import kept

# Twilio's longest call is a day and its retries are seconds apart: two days outlive any repeat.
RECEIPT_KEPT: Final = timedelta(days=2)
CALL_KEPT: Final = timedelta(days=30)
ATTEMPTS_KEPT: Final = timedelta(days=8)
MOST_ATTEMPTS: Final = 256
_PAGE: Final = 200
_NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. `kind` is `decision` or `objection`; `fields` as they were written."""

    entry: str
    kind: str
    at: datetime
    fields: dict[str, Any]


class LedgerStore:
    """Fits `screening.screen.Ledger`, and reads the ledger back."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def commit(
        self, decision: Decision, gathered: Gathered, question: Question, answer: str | None
    ) -> Committed:
        """Keep the decision if nothing it rests on has changed; one round trip, all or nothing."""
        started = monotonic_seconds()
        with kept("writing a decision"):
            reply = scripts.run(
                self._redis,
                "commit",
                keys=_keys(decision, gathered, question),
                arguments=_arguments(decision, gathered, question, answer),
            )
        match reply[0]:
            case b"DONE":
                return Done(reply[1].decode(), monotonic_seconds() - started)
            case b"SEEN":
                return AnsweredBefore(receipt_of(dict(pairs_of(reply[1]))))
            case _:
                return Changed()

    def find(self, decision_id: str) -> Entry | None:
        """Return one decision's line, None if there is none; two round trips."""
        with kept("reading a decision"):
            entry = self._redis.get(keys.decision(decision_id))
            found: Any = self._redis.xrange(keys.LEDGER, entry, entry) if entry else []
        return read_entry(*found[0]) if found else None

    def decision_of_call(self, call_ref: str) -> str | None:
        """Return the id of the decision a call reference belongs to, None if it is not known."""
        with kept("reading which decision a call belongs to"):
            found: Any = self._redis.get(keys.call(call_ref))
        return found.decode() if found else None

    def entries(self, start: datetime, end: datetime, *, newest_first: bool = True) -> Iterator[Entry]:
        """Yield the lines written from `start` until before `end`, two hundred a round trip."""
        low, high = str(milliseconds(start)), f"({milliseconds(end)}-0"
        batch: Any
        while True:
            with kept("reading the ledger"):
                if newest_first:
                    batch = self._redis.xrevrange(keys.LEDGER, high, low, count=_PAGE)
                else:
                    batch = self._redis.xrange(keys.LEDGER, low, high, count=_PAGE)
            for entry, fields in batch:
                yield read_entry(entry, fields)
            if len(batch) < _PAGE:
                return
            last = f"({batch[-1][0].decode()}"
            low, high = (low, last) if newest_first else (last, high)


def tally_field(*parts: str | None) -> str:
    """Return the name of one count: its parts between bars, none longer than 64 or with a bar of its own."""
    return "|".join((part or "").replace("|", "/")[:64] for part in parts)


def receipt_of(fields: dict[bytes, bytes]) -> Receipt:
    """Return a kept receipt; raises CannotKeep if it cannot be read."""
    try:
        return Receipt(
            answer=fields[b"answer"].decode(),
            could_dial=fields[b"dials"] == b"1",
            given_at=from_milliseconds(int(fields[b"at"])),
            seq=int(fields[b"seq"]),
        )
    except (KeyError, ValueError):
        raise CannotKeep("a kept receipt cannot be read; the request is refused") from None


def read_entry(entry: bytes, fields: dict[bytes, bytes]) -> Entry:
    """Return one line of the stream as it was written."""
    at = from_milliseconds(int(entry.partition(b"-")[0]))
    return Entry(entry.decode(), fields[b"k"].decode(), at, json.loads(fields[b"d"]))


def _keys(decision: Decision, gathered: Gathered, question: Question) -> list[str]:
    line = gathered.contact_point or _NONE
    return [
        keys.line(line),
        keys.attempts(line),
        keys.EPOCH,
        keys.REGISTERS_LIVE,
        keys.receipt(question.receipt or _NONE),
        keys.LEDGER,
        keys.decision(decision.id),
        keys.tally(london_day(decision.decided_at)),
        keys.call(question.call_ref or _NONE),
        keys.permit(permit_digest(decision) or _NONE),
        keys.line_entries(line),
    ]


def _arguments(
    decision: Decision, gathered: Gathered, question: Question, answer: str | None
) -> list[Argument]:
    verdict = decision.verdict
    allowed = verdict.answer is Answer.ALLOW
    attempts = allowed and question.binding is Binding.DIALS and gathered.contact_point is not None
    now_ms = milliseconds(decision.decided_at)
    owners = (decision.campaign, decision.agent, decision.principal)
    kind = "advisory" if decision.advisory else verdict.answer.value
    ends_at = verdict.valid_until or decision.decided_at
    arguments: list[Argument] = [
        gathered.seq,
        gathered.epoch,
        _ledger_line(decision, gathered, question, dials=attempts),
        tally_field(kind, verdict.reason, *owners),
        now_ms if attempts else "",
        f"{decision.id}|{decision.principal or ''}",
        answer if answer is not None and question.receipt else "",
        "1" if allowed else "0",
        now_ms,
        int(RECEIPT_KEPT.total_seconds()),
        decision.id if question.call_ref else "",
        int(CALL_KEPT.total_seconds()),
        _permit_facts(decision) if decision.permit else "",
        milliseconds(ends_at),
        milliseconds(decision.decided_at - ATTEMPTS_KEPT),
        MOST_ATTEMPTS,
    ]
    for name, version in gathered.versions:
        arguments += [name, version]
    return arguments


def _ledger_line(decision: Decision, gathered: Gathered, question: Question, *, dials: bool) -> str:
    """Return the line: the decision, what was asked, whether it counted an attempt, what was measured."""
    asked: dict[str, Any] = {"asked": question_fields(question), "dials": dials}
    conduct = gathered.case.conduct
    if conduct.abandoned_rate is not None:
        # Counts of a moving day cannot be read again later, and re-judging needs them.
        asked["calls"] = {"live": conduct.live_calls, "abandoned": conduct.abandoned_calls}
    fields = decision_fields(decision, for_ledger=True) | asked
    return json.dumps(fields, separators=(",", ":"))


def _permit_facts(decision: Decision) -> str:
    facts = {
        "decision": decision.id,
        "line": decision.to,
        "campaign": decision.campaign,
        "principal": decision.principal,
        "channel": decision.channel,
        "key": decision.key,
    }
    return json.dumps(facts, separators=(",", ":"))
