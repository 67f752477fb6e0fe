"""Screening through a real store: two trips, one truth, and no allow that did not see what had changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialer.clock import london_day
from dialer.errors import CannotKeep, NotAuthenticated
from dialer.screening.decision import Decision
from dialer.screening.question import Binding
from dialer.screening.screen import Gate, Repeated, Screened, screen
from dialer.screening.verdict import Answer
from dialer.store import keys
from dialer.store.configuration import Section
from tests.doubles.house import FAR, NUMBER, House, campaign


def decided(screened: Screened | Repeated) -> Decision:
    assert isinstance(screened, Screened)
    return screened.decision


def test_a_clear_number_is_allowed_and_leaves_a_ledger_line_an_attempt_and_a_count(house: House) -> None:
    decision = decided(house.screen(house.outgoing(receipt="r1")))
    assert (decision.verdict.answer, decision.verdict.reason) == (Answer.ALLOW, "UK_R21_CLEAR")
    entry = house.parts.ledger.find(decision.id)
    assert entry is not None
    assert (entry.kind, entry.fields["verdict"], entry.fields["to"]) == ("decision", "allow", NUMBER)
    assert house.parts.redis.zcard(keys.attempts(NUMBER)) == 1
    tally = house.parts.redis.hgetall(keys.tally(london_day(house.clock())))
    assert tally == {b"allow|UK_R21_CLEAR|C1|a17|alder": b"1"}


def test_a_listed_number_is_blocked_with_the_law_and_counts_no_attempt(house: House) -> None:
    house.load_register("tps", "02079460123")
    decision = decided(house.screen(house.outgoing()))
    assert decision.verdict.reason == "UK_R21_1B_TPS_LISTED"
    assert "21(1)(b)" in decision.verdict.reasons[0].citation
    assert house.parts.redis.zcard(keys.attempts(NUMBER)) == 0


def test_an_objection_blocks_the_next_screening_by_any_process(house: House) -> None:
    house.screen(house.outgoing())
    house.object()
    other = House.__new__(House)
    other.__dict__.update(house.__dict__)
    decision = decided(other.screen(other.outgoing()))
    assert decision.verdict.reason == "UK_R21_1A_OBJECTED"


def test_an_objection_between_gather_and_commit_is_seen(house: House) -> None:
    meddled = Meddling(house, lambda: house.object())
    decision = decided(meddled.screen())
    assert decision.verdict.reason == "UK_R21_1A_OBJECTED"
    assert meddled.gathers == 2


def test_a_register_swapped_between_gather_and_commit_is_seen(house: House) -> None:
    meddled = Meddling(house, lambda: house.load_register("tps", "02079460123"))
    assert decided(meddled.screen()).verdict.reason == "UK_R21_1B_TPS_LISTED"


def test_a_campaign_changed_between_gather_and_commit_is_seen(house: House) -> None:
    hidden = campaign(caller_id="withheld")
    meddled = Meddling(house, lambda: house.put(Section.CAMPAIGNS, "C1", hidden))
    assert decided(meddled.screen()).verdict.reason == "UK_R21_A1_CLI_MISSING"


def test_facts_that_keep_changing_end_in_a_refusal_and_no_allow(house: House) -> None:
    meddled = Meddling(house, lambda: house.object(contact_point=NUMBER), always=True)
    with pytest.raises(CannotKeep, match="kept changing"):
        meddled.screen()
    assert house.parts.redis.zcard(keys.attempts(NUMBER)) == 0
    kinds = [entry.kind for entry in house.parts.ledger.entries(house.clock() - timedelta(days=9999), FAR)]
    assert "decision" not in kinds


def test_the_same_request_gets_the_same_answer_and_counts_once(house: House) -> None:
    first = house.screen(house.outgoing(receipt="r1"))
    second = house.screen(house.outgoing(receipt="r1"))
    assert isinstance(first, Screened)
    assert second == Repeated(first.answer)
    assert house.parts.redis.zcard(keys.attempts(NUMBER)) == 1


@pytest.mark.parametrize(("seconds", "same"), [(60, True), (60.001, False)])
def test_an_answer_that_dials_is_repeated_within_a_minute_only(
    house: House, seconds: float, same: bool
) -> None:
    first = house.screen(house.outgoing(receipt="r1"))
    house.clock.advance(seconds=seconds)
    second = house.screen(house.outgoing(receipt="r1"))
    assert isinstance(first, Screened)
    assert second == Repeated(first.answer if same else None)


def test_an_answer_that_dials_is_not_repeated_once_they_said_no(house: House) -> None:
    house.screen(house.outgoing(receipt="r1"))
    house.object()
    assert house.screen(house.outgoing(receipt="r1")) == Repeated(None)


def test_a_refusal_is_repeated_for_as_long_as_its_receipt_is_kept(house: House) -> None:
    house.object()
    first = house.screen(house.outgoing(receipt="r1"))
    house.clock.advance(hours=1)
    assert isinstance(first, Screened)
    assert house.screen(house.outgoing(receipt="r1")) == Repeated(first.answer)


def test_an_agent_who_is_not_assigned_is_refused_before_anything_else(house: House) -> None:
    house.object()
    decision = decided(house.screen(house.outgoing(endpoint="client:mallory")))
    assert decision.verdict.reason == "E_NOT_ASSIGNED"
    assert [reason.code for reason in decision.verdict.reasons][:2] == [
        "E_NOT_ASSIGNED",
        "UK_R21_1A_OBJECTED",
    ]


def test_a_binding_answer_carries_a_permit_and_an_advisory_one_does_not(house: House) -> None:
    asked = replace(house.outgoing(), binding=Binding.PERMIT)
    permit = decided(house.screen(asked)).permit
    assert permit is not None
    assert decided(house.screen(replace(asked, binding=Binding.ADVISORY))).permit is None
    kept = b"".join(house.parts.redis.dump(key) or b"" for key in house.parts.redis.scan_iter("rf:*"))
    assert permit.encode() not in kept


def test_a_revoked_key_is_dead_at_the_next_screening(house: House) -> None:
    key = next(iter(house.parts.configuration.current().keys.values()))
    asked = replace(house.outgoing(), endpoint=None, key=key.digest)
    assert decided(house.screen(asked)).verdict.answer is Answer.ALLOW
    house.put(Section.KEYS, key.id, replace(key, revoked_at=house.clock()))
    with pytest.raises(NotAuthenticated):
        house.screen(asked)


def test_a_number_that_cannot_be_read_is_refused_and_kept(house: House) -> None:
    decision = decided(house.screen(house.outgoing(to="not a number")))
    assert decision.verdict.reason == "E_NUMBER_INVALID"
    assert house.parts.ledger.find(decision.id) is not None


def test_a_screening_takes_two_round_trips(house: House) -> None:
    house.screen(house.outgoing())
    house.parts.safety.look(house.parts.redis.info(), house.parts.redis.time())
    before = commands(house)
    house.screen(house.outgoing())
    assert commands(house) - before == 2


def commands(house: House) -> int:
    stats = house.parts.redis.info("commandstats")
    return sum(int(stats.get(f"cmdstat_{name}", {}).get("calls", 0)) for name in ("evalsha", "eval", "exec"))


class Meddling:
    """Runs something between a screening's gather and its commit, as another process would."""

    def __init__(self, house: House, meddle: object, *, always: bool = False) -> None:
        self.house, self.meddle, self.always, self.gathers = house, meddle, always, 0

    def gather(self, *asked: object) -> object:
        found = self.house.parts.gate.facts.gather(*asked)  # type: ignore[arg-type]
        self.gathers += 1
        if self.always or self.gathers == 1:
            self.meddle()  # type: ignore[operator]
        return found

    def screen(self) -> Screened | Repeated:
        gate = self.house.parts.gate
        meddled = Gate(
            facts=self,  # type: ignore[arg-type]
            ledger=gate.ledger,
            persons=gate.persons,
            configurations=gate.configurations,
            book=gate.book,
            clock=gate.clock,
        )
        return screen(self.house.outgoing(), meddled)
