"""`ringfence screen`: one advisory decision, for a person to read.

Of this moment it stands in the ledger, marked advisory; of another moment (`--at`) nothing is written.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from dialer.calls.call import Channel
from dialer.commands.instant import instant_of

if TYPE_CHECKING:
    from dialer.screening.decision import Decision
    from dialer.screening.question import Question
    from dialer.screening.verdict import Reason, Verdict
    from dialer.wiring import Parts

_WORDS = {"allow": "Call", "block": "Don't call", "defer": "Not now"}


@click.command()
@click.argument("number")
@click.option("--campaign", required=True, metavar="ID")
@click.option("--channel", type=click.Choice([channel.value for channel in Channel]))
@click.option("--agent", metavar="ID", help="Ask as if this agent dialled.")
@click.option("--person", metavar="ID", help="Whom you mean to reach at the number.")
@click.option("--solicitation", metavar="ID", help="The request for a call that this would answer.")
@click.option(
    "--at", metavar="T", help="Judge this instant, such as 2026-11-23T10:00, on what was known then."
)
@click.option("--json", "as_json", is_flag=True, help="Answer the decision as JSON.")
def screen(
    *,
    number: str,
    campaign: str,
    channel: str | None,
    agent: str | None,
    person: str | None,
    solicitation: str | None,
    at: str | None,
    as_json: bool,
) -> None:
    """Say whether NUMBER may be reached for a campaign now, or could be at another time, and why."""
    from dialer.screening.decision_json import decision_fields
    from dialer.screening.question import Binding, Question
    from dialer.screening.screen import Screened
    from dialer.screening.screen import screen as ask
    from dialer.settings import read_settings
    from dialer.wiring import wire

    question = Question(
        to=number,
        binding=Binding.ADVISORY,
        campaign=campaign,
        channel=Channel(channel) if channel else None,
        agent=agent,
        person=person,
        solicitation=solicitation,
    )
    parts = wire(read_settings())
    if at is not None:
        _tell_past(parts, question, instant_of(at), as_json=as_json)
        return
    answered = ask(question, parts.gate)
    assert isinstance(answered, Screened), "a question without a receipt is never a repeat"
    decision = answered.decision
    click.echo(json.dumps(decision_fields(decision)) if as_json else "\n".join(_told(decision, number)))


def _tell_past(parts: "Parts", question: "Question", at: datetime, *, as_json: bool) -> None:
    """Judge another instant and say so; nothing is written."""
    from dialer.commands.past_report import past_fields, past_words
    from dialer.screening.past import Moment, judge_past

    judged = judge_past(question, Moment.then(at), parts.past, parts.book)
    if as_json:
        click.echo(json.dumps(past_fields(judged, question)))
    else:
        click.echo("\n".join([*past_words(judged, question), *verdict_lines(judged.verdict)]))


def _told(decision: "Decision", number: str) -> Iterator[str]:
    """Yield the lines a person reads: the answer in a sentence, then each rule with its law and facts."""
    verdict = decision.verdict
    said = verdict.reasons[0].say if verdict.reasons else verdict.reason
    yield f"{_WORDS[verdict.answer]} {decision.to or number}: {said}"
    yield from verdict_lines(verdict)
    yield f"{decision.id}, advisory, by rules {verdict.rules_version}"


def verdict_lines(verdict: "Verdict") -> Iterator[str]:
    """Yield what a verdict rests on: each rule with its law and facts, obligations, registers."""
    if verdict.retry_at is not None:
        yield f"Try again at {verdict.retry_at.isoformat()}."
    for reason in verdict.reasons:
        yield from _rule(reason)
    if verdict.details:
        yield f"Looked at, did not count: {', '.join(verdict.details)}"
    if verdict.obligations:
        yield f"Whoever dials must: {', '.join(verdict.obligations)}"
    for register in verdict.registers:
        age = f"{register.age_days} days old" if register.age_days is not None else "never loaded"
        listed = {True: "listed", False: "not listed", None: "not known"}[register.listed]
        yield f"Register {register.name}: {listed}, {age}"


def _rule(reason: "Reason") -> Iterator[str]:
    yield ""
    yield f"  {reason.code}  ({reason.kind}, {reason.citation})"
    yield f"    {reason.text}"
    facts: list[tuple[str, Any]] = [(name, value) for name, value in reason.facts if value is not None]
    if facts:
        yield f"    {', '.join(f'{name} {value}' for name, value in facts)}"
    if reason.url:
        yield f"    {reason.url}"
