"""Reports as a terminal shows them: tables whose lines lead on to why, and one decision explained."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dialer.clock import LONDON
from dialer.law.codes import Code
from dialer.law.reasons import catalogue
from dialer.people.roles import Sight
from dialer.reports.blocked_calls import BlockedCall, By, Group, Order, Wanted, grouped, total, wanted_tallies
from dialer.reports.explained import Explained, Fact, Finding
from dialer.reports.report import Source
from dialer.reports.words import fact_in_words, full_time, in_words, number_for, obligation_words, span
from dialer.screening.verdict import Answer

# How many calls a terminal is shown; files hold them all.
MOST_SHOWN: Final = 50
_ANSWERS: Final = {Answer.ALLOW: "Allowed", Answer.BLOCK: "Blocked", Answer.DEFER: "Put off"}


def tables(
    wanted: Wanted, source: Source, sight: Sight, by: By | None, address: str
) -> Iterator[RenderableType]:
    """Yield the report: counts by one thing, or by each of three and then the newest calls.

    A decision's id is a link to its page under `address`, where the terminal knows links.
    """
    counted = wanted_tallies(wanted, source, sight)
    days = wanted.period
    stretch = str(days.first) if days.first == days.last else f"{days.first} to {days.last}"
    what = "put off" if Answer.DEFER in wanted.verdicts else "blocked"
    yield Text(f"{_calls(total(counted))} {what}, {stretch}", style="bold")
    if not counted:
        return
    for each in (by,) if by is not None else (By.REASON, By.CAMPAIGN, By.AGENT):
        yield Text()
        yield _counts(grouped(counted, each), each, total(counted))
    if by is None:
        page = source.page(wanted, sight, order=Order.NEWEST, after=None, at_most=MOST_SHOWN)
        yield Text()
        yield _list(page.calls, sight, address)
        more = total(counted) - len(page.calls)
        if more > 0:
            yield Text(f"and {more:,} older; --csv or --json give them all")
    yield Text("Why one of them: ringfence report why DECISION", style="dim")


def explanation(decision: Explained) -> RenderableType:
    """Return one decision explained: the sentence, where it stands, each rule, and what must be done."""
    said = decision.findings[0].say if decision.findings else in_words(decision.reason)
    lines: list[RenderableType] = [
        Text(f"{_ANSWERS[decision.answer]}: {said}", style="bold"),
        _plain(
            f"{full_time(decision.decided_at)}, to {decision.to or 'unreadable'}, "
            f"campaign {decision.campaign or 'none'}, agent {decision.agent or 'none'}"
            + (", advisory" if decision.advisory else "")
        ),
    ]
    if decision.retry_at is not None:
        lines.append(Text(f"May be tried again from {full_time(decision.retry_at)}."))
    for finding in decision.findings:
        lines += _finding(finding, decision)
    if decision.details:
        lines.append(Text(f"\nLooked at, did not count: {', '.join(decision.details)}"))
    if decision.obligations:
        lines.append(Text("\nWhoever dials must: " + "; ".join(map(obligation_words, decision.obligations))))
    for register in decision.registers:
        listed = {True: "listed", False: "not listed", None: "not known"}[register.listed]
        age = f"{register.age_days} days old" if register.age_days is not None else "never loaded"
        lines.append(Text(f"Register {register.name}: {listed}, {age}"))
    lines.append(Text(f"\n{decision.id}, by rules {decision.rules_version}", style="dim"))
    return Lines(*lines)


def _finding(finding: Finding, decision: Explained) -> Iterator[Text]:
    yield Text(f"\n{finding.code}  {finding.kind}", style="bold")
    yield Text(f"  {finding.text}")
    yield Text(f"  {finding.citation}  {finding.url}".rstrip())
    for fact in finding.facts:
        yield Text(f"  {fact_in_words(fact.name)}: {fact.text}{_age(fact, decision)}")


def _age(fact: Fact, decision: Explained) -> str:
    if fact.day is not None and fact.day != decision.day:
        return f" ({_ago(decision.day - fact.day)})"
    return f" ({_ago(decision.decided_at - fact.at)})" if fact.at is not None else ""


def _ago(length: timedelta) -> str:
    return f"{span(length)} {'before' if length >= timedelta(0) else 'after'}"


def _counts(groups: tuple[Group, ...], by: By, whole: int) -> Table:
    table = Table(title=f"By {by.value}", title_justify="left", show_edge=False)
    table.add_column(by.value.capitalize(), overflow="fold")
    table.add_column("Calls", justify="right")
    table.add_column("Share", justify="right")
    if by is By.REASON:
        table.add_column("Law or rule", overflow="fold")
        table.add_column("What it means", overflow="fold")
    for group in groups:
        row = (group.name or "none named", f"{group.calls:,}", f"{group.calls / whole:.0%}")
        table.add_row(*map(_plain, row + (_rule(group.name) if by is By.REASON else ())))
    return table


def _rule(code: str | None) -> tuple[str, str]:
    found = catalogue().get(Code(code)) if code in set(Code) else None
    return (found.citation.provision, found.text) if found is not None else ("", "")


def _list(calls: tuple[BlockedCall, ...], sight: Sight, address: str) -> Table:
    table = Table(title="Newest first", title_justify="left", show_edge=False)
    for heading in ("When", "Why", "Rule", "Number", "Campaign", "Agent", "Decision"):
        table.add_column(heading, overflow="fold")
    for call in calls:
        when = call.decided_at.astimezone(LONDON)
        cells = (
            f"{when:%Y-%m-%d %H:%M:%S}",
            call.say or in_words(call.reason),
            call.citation or call.reason,
            number_for(call.to, sight.numbers),
            call.campaign or "",
            call.agent or "",
        )
        link = Text(call.id, style=f"link {address}/console/decisions/{call.id}")
        table.add_row(*map(_plain, cells), link)
    return table


def _plain(text: str) -> Text:
    """Keep names from steering the terminal: an agent may be called anything, escape codes included."""
    return Text("".join(character if character.isprintable() else "\ufffd" for character in text))


def _calls(count: int) -> str:
    return "1 call" if count == 1 else f"{count:,} calls"
