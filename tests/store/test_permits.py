"""Permits: one use, line, campaign and channel; dead with the line, the minute, the hours or the day."""

from dataclasses import replace
from pathlib import Path

import pytest

from dialer.calls.call import Channel
from dialer.calls.campaign import Classification, Purpose
from dialer.errors import Conflict
from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.screening.question import Binding, Question
from dialer.screening.screen import Repeated, Screened
from dialer.screening.verdict import Answer
from dialer.store import keys
from dialer.store.configuration import Section
from tests.doubles.house import NUMBER, OTHER_NUMBER, House, campaign
from tests.store.permits import permitted, redeem, spend

ALLOWED = Answer.ALLOW
SERVICE = campaign(
    purpose=Purpose.SERVICE, classification=Classification(by="J. Reviewer", promotional=False)
)


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    made = House(redis_url, tmp_path)
    made.load_register("tps")
    made.load_register("ctps")
    return made


def attempts(house: House, to: str = NUMBER) -> int:
    return int(house.parts.redis.zcard(keys.attempts(to)))


def test_a_call_that_names_its_permit_is_allowed_and_counts_one_attempt(house: House) -> None:
    permit = permitted(house).permit
    decision = spend(house, permit)
    assert (decision.verdict.answer, decision.permit) == (ALLOWED, None)
    assert attempts(house) == 1
    assert house.parts.redis.exists(keys.permit(digest_of(permit or ""))) == 0


def test_a_permit_is_spent_once_by_whichever_door(house: House) -> None:
    permit = permitted(house).permit
    assert spend(house, permit).verdict.answer is ALLOWED
    assert spend(house, permit).verdict.reason == "E_PERMIT_DEAD"
    with pytest.raises(Conflict):
        redeem(house, permit)
    assert attempts(house) == 1


def test_a_redeemed_permit_opens_no_webhook(house: House) -> None:
    permit = permitted(house).permit
    redeem(house, permit)
    assert spend(house, permit).verdict.reason == "E_PERMIT_DEAD"
    assert attempts(house) == 1


def test_a_permit_of_our_own_invention_is_refused_and_nothing_is_counted(house: House) -> None:
    decision = spend(house, "rfp_invented")
    assert decision.verdict.answer is Answer.BLOCK
    assert [reason.code for reason in decision.verdict.reasons] == ["E_PERMIT_DEAD"]
    assert attempts(house) == 0


def test_another_lines_permit_is_refused_and_stays_good_for_its_own(house: House) -> None:
    permit = permitted(house, OTHER_NUMBER).permit
    assert spend(house, permit).verdict.reason == "E_PERMIT_DEAD"
    assert spend(house, permit, OTHER_NUMBER).verdict.answer is ALLOWED


def test_another_campaigns_permit_is_refused(house: House) -> None:
    house.put(Section.CAMPAIGNS, "C2", campaign("C2"))
    permit = permitted(house, campaign="C2", agent=None).permit
    assert spend(house, permit).verdict.reason == "E_PERMIT_DEAD"


def test_another_channels_permit_is_refused(house: House) -> None:
    house.put(Section.CAMPAIGNS, "C1", SERVICE)
    recorded = permitted(house, channel=Channel.AUTOMATED_CALL).permit
    assert spend(house, recorded).verdict.reason == "E_PERMIT_DEAD"


def test_another_keys_permit_is_refused(house: House) -> None:
    permit = permitted(house).permit
    other = Key(id="key_2", name="other", role=Role.DIALER, digest=digest_of("rfk_other"))
    house.put(Section.KEYS, other.id, other)
    with pytest.raises(Conflict):
        redeem(house, permit, other)
    house.parts.configuration.current()
    asked = Question(to=NUMBER, binding=Binding.RINGS, campaign="C1", key=other.digest, permit=permit)
    answered = house.screen(asked)
    assert isinstance(answered, Screened)
    assert answered.decision.verdict.reason == "E_PERMIT_DEAD"
    assert redeem(house, permit)


def test_a_no_kills_the_permit_and_the_refusal_names_the_no(house: House) -> None:
    permit = permitted(house).permit
    house.object()
    with pytest.raises(Conflict):
        redeem(house, permit)
    assert spend(house, permit).verdict.reason == "UK_R21_1A_OBJECTED"
    assert attempts(house) == 0


def test_an_attempt_in_between_kills_the_permit(house: House) -> None:
    permit = permitted(house).permit
    assert spend(house, None).verdict.answer is ALLOWED
    assert spend(house, permit).verdict.reason == "E_PERMIT_DEAD"
    assert attempts(house) == 1


def test_the_same_webhook_again_gets_its_answer_though_the_permit_is_spent(house: House) -> None:
    asked = replace(house.outgoing(), permit=permitted(house).permit, receipt="r1")
    first, second = house.screen(asked), house.screen(asked)
    assert isinstance(first, Screened)
    assert isinstance(second, Repeated)
    assert second.answer == first.answer
    assert attempts(house) == 1


def test_no_token_stands_in_the_store(house: House) -> None:
    permit = permitted(house).permit or ""
    spend(house, permit)
    kept = [str(house.parts.redis.dump(name)) for name in house.parts.redis.keys("*")]
    assert not any(permit in one for one in kept)
