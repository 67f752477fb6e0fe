"""May this be dialled? Gather the facts, judge them, commit the decision: two round trips, one truth.

The point of truth is the commit: it writes only if the line, the registers and the configuration still
stand as they were read, so no allow ever follows an objection it did not see. If something changed the
screening begins again, three times at most, and then refuses. Nothing here touches a wire.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from dialer.clock import Clock
from dialer.errors import CannotKeep
from dialer.law.statute_book import StatuteBook
from dialer.screening.configuration import Configuration
from dialer.screening.deciding import decide
from dialer.screening.decision import Decision
from dialer.screening.gathered import AnsweredBefore, Changed, Committed, Done, Gathered, PermitDead, Receipt
from dialer.screening.looking_up import LookUps, lacks_a_register, without_answer
from dialer.screening.question import Question
from dialer.screening.whose import Placed, place

TRIES: Final = 3
# Both trips together; a caller hears silence meanwhile. Source: house.md, toolbox.md section 4.
LONGEST_WAIT_SECONDS: Final = 0.3
# A repeated answer that could dial is given again only within this time, the life of a permit (contract 6).
REPEATABLE_FOR: Final = timedelta(seconds=60)


class Facts(Protocol):
    """Reads what one screening needs, in one round trip; raises CannotKeep, never guesses."""

    def gather(
        self, question: Question, placed: Placed, configuration: Configuration, at: datetime
    ) -> Gathered:
        """Return all facts of the line in question at one instant."""
        ...


class Ledger(Protocol):
    """Keeps a decision if nothing changed, in one round trip; raises CannotKeep."""

    def commit(
        self, decision: Decision, gathered: Gathered, question: Question, answer: str | None
    ) -> Committed:
        """Write it all or nothing."""
        ...


class Persons(Protocol):
    """Links lines to persons; see `store.links`. Raises Conflict at fifty lines, CannotKeep."""

    def ensure(self, contact_point: str, principal: str, person: str, *, by: str, at: datetime) -> None:
        """Link a line to a person, with all that was said on either side."""
        ...


class Configurations(Protocol):
    """Holds the configuration; see `store.configuration`."""

    def believed(self) -> Configuration:
        """Return the last reading."""
        ...

    def refresh(self) -> Configuration:
        """Read it again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The parts a screening needs; `look_ups` None asks no provider."""

    facts: Facts
    ledger: Ledger
    persons: Persons
    configurations: Configurations
    book: StatuteBook
    clock: Clock
    look_ups: LookUps | None = None


@dataclass(frozen=True, slots=True)
class Screened:
    """A new decision, with the answer rendered for whoever asked."""

    decision: Decision
    answer: str | None


@dataclass(frozen=True, slots=True)
class Repeated:
    """Asked before. `answer` is the one given then, or None where it could dial and may not be repeated."""

    answer: str | None


Render = Callable[[Decision], str]


def screen(question: Question, gate: Gate, *, render: Render | None = None) -> Screened | Repeated:
    """Answer the question once and for all; two round trips when nothing changes meanwhile and
    nobody new is named. A look-up provider is asked before, at most once, and then the facts are read again.

    `render` gives the answer that a repeat of the same signed request will get. Raises CannotKeep when the
    store is away, late or unsafe, or when facts kept changing: whoever asked must then refuse.
    """
    configuration, permit_is_dead = gate.configurations.believed(), False
    look_ups = gate.look_ups
    for _ in range(TRIES if look_ups is None else TRIES + 1):
        placed = place(question, configuration)
        at = gate.clock()
        gathered = gate.facts.gather(question, placed, configuration, at)
        if gathered.receipt is not None:
            return Repeated(_repeatable(gathered.receipt, gathered.seq, at))
        if gathered.epoch != configuration.epoch:
            configuration = gate.configurations.refresh()
            continue
        if _link(gathered, gate, at):
            continue
        decision = decide(
            question,
            placed,
            gathered,
            gate.book,
            at,
            list_say=_list_say(question, placed, gate),
            permit_is_dead=permit_is_dead,
        )
        if gate.look_ups is not None and lacks_a_register(decision.verdict):
            to_ask, look_ups = look_ups, None
            if to_ask is not None and to_ask.settle(decision.to, gate.clock):
                continue
            decision = replace(decision, verdict=without_answer(decision.verdict))
        answer = render(decision) if render is not None else None
        match gate.ledger.commit(decision, gathered, question, answer):
            case Done(_, waited_seconds):
                _insist_in_time(gathered.waited_seconds + waited_seconds)
                return Screened(decision, answer)
            case AnsweredBefore(receipt):
                # Whether that answer may be given again is a question of the line as it stands now.
                now = gate.facts.gather(question, placed, configuration, at)
                return Repeated(_repeatable(receipt, now.seq, at))
            case PermitDead():
                permit_is_dead = True
            case Changed():
                configuration = gate.configurations.refresh()
    raise CannotKeep("the facts of this line kept changing while it was screened; ask again")


def _link(gathered: Gathered, gate: Gate, at: datetime) -> bool:
    """Link the person the question names, if nobody has: what they said elsewhere must be among the facts."""
    new, line = gathered.unlinked, gathered.contact_point
    if new is None or line is None:
        return False
    gate.persons.ensure(line, new.principal, new.person, by=new.by, at=at)
    return True


def _insist_in_time(waited_seconds: float) -> None:
    """Refuse what took the store too long: kept, but too late to be answered with a dial."""
    if waited_seconds > LONGEST_WAIT_SECONDS:
        raise CannotKeep("the store took too long over a screening; nothing is dialled; ask again")


def _repeatable(receipt: Receipt, seq: int, at: datetime) -> str | None:
    stale = seq != receipt.seq or at - receipt.given_at > REPEATABLE_FOR
    return None if receipt.could_dial and stale else receipt.answer


def _list_say(question: Question, placed: Placed, gate: Gate) -> str | None:
    principal = placed.campaign.principal if placed.campaign else None
    return gate.configurations.believed().say_of_list(question.came_from_list, principal)
