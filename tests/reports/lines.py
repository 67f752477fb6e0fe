"""Ledger lines for tests: real decisions, written in the ledger's own words at the instant they name.

The commit script lets the server choose a line's time; here the test chooses it, so that it can
tell days apart.
"""

import itertools
import json
from datetime import UTC, datetime, timedelta

from redis import Redis

from dialer.calls.call import Channel
from dialer.clock import london_day, milliseconds
from dialer.law.codes import Code
from dialer.law.reasons import catalogue
from dialer.screening.decision import Decision
from dialer.screening.decision_json import decision_fields
from dialer.screening.verdict import Answer, Reason, Verdict
from dialer.store import keys
from dialer.store.tally import tally_field

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TPS = "UK_R21_1B_TPS_LISTED"
OBJECTED = "UK_R21_1A_OBJECTED"
_numbers = itertools.count(1)


def reason(code: str, answer: Answer = Answer.BLOCK, *, facts: tuple = ()) -> Reason:
    """Return one finding in the catalogue's own words."""
    words = catalogue()[Code(code)]
    return Reason(
        code=code,
        verdict=answer,
        kind=words.kind,
        citation=words.citation.provision,
        url=words.citation.url,
        text=words.text,
        say=words.say,
        facts=facts,
    )


def decision(
    code: str = TPS,
    answer: Answer = Answer.BLOCK,
    *,
    at: datetime = NOON,
    to: str = "+442079460123",
    campaign: str | None = "C1",
    agent: str | None = "a17",
    principal: str | None = "ORG_A",
    advisory: bool = False,
    facts: tuple = (),
    more: tuple[Reason, ...] = (),
) -> Decision:
    """Return one decision with sensible everything else."""
    verdict = Verdict(
        answer=answer,
        reason=code,
        reasons=(reason(code, answer, facts=facts), *more),
        details=(),
        obligations=(),
        at=at,
        retry_at=at + timedelta(hours=2) if answer is Answer.DEFER else None,
        valid_until=at + timedelta(seconds=60),
        number=to,
        purpose=None,
        registers=(),
        rules_version="uk-test",
    )
    return Decision(
        id=f"dec_{next(_numbers):026d}",
        verdict=verdict,
        to=to,
        channel=Channel.LIVE_CALL,
        campaign=campaign,
        principal=principal,
        operator="OP_1",
        agent=agent,
        decided_at=at,
        advisory=advisory,
    )


def keep(redis: "Redis", *decisions: Decision) -> None:
    """Write the lines, in the order of their instants, with their counts."""
    with redis.pipeline(transaction=False) as pipe:
        for made in sorted(decisions, key=lambda d: d.decided_at):
            body = json.dumps(decision_fields(made, for_ledger=True))
            kind = "advisory" if made.advisory else made.verdict.answer.value
            field = tally_field(kind, made.verdict.reason, made.campaign, made.agent, made.principal)
            pipe.xadd(keys.LEDGER, {"k": "decision", "d": body}, id=f"{milliseconds(made.decided_at)}-*")
            pipe.hincrby(keys.tally(london_day(made.decided_at)), field, 1)
        entries = pipe.execute()[::2]
        for made, entry in zip(sorted(decisions, key=lambda d: d.decided_at), entries, strict=True):
            pipe.set(keys.decision(made.id), entry)
        pipe.execute()
