"""The book: which pack answers, which rules were in force, and a version that changes with the law."""

import ast
from datetime import date
from pathlib import Path

import pytest

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.law.asked import read_asked
from dialer.law.rule import Phase, Setting
from dialer.law.statute_book import StatuteBook, all_rules, version_of
from dialer.screening.what_if import read_case
from tests.law.building import BOOK, MONDAY, a_case, a_consent, instant, judged
from tests.law.french_pack import french_pack

PARIS = "+33142685300"
TWO_PACKS = StatuteBook.shipped(packs=(french_pack(),))
LAW = Path(__file__).parents[2] / "dialer" / "law"
PURE = [*LAW.rglob("*.py"), LAW.parent / "screening" / "judge.py"]
WIRES = {"redis", "flask", "twilio", "rq", "urllib3", "time", "os", "socket", "random"}


def test_without_a_pack_a_country_is_refused() -> None:
    assert judged(a_case(to=PARIS)).reason == "E_JURISDICTION_UNSUPPORTED"


def test_another_national_pack_answers_for_its_own_country() -> None:
    consent = a_consent(contact_point=PARIS)
    assert judged(a_case(to=PARIS), TWO_PACKS).reason == "UK_R22_NO_CONSENT"
    allowed = judged(a_case(to=PARIS, consents=[consent]), TWO_PACKS)
    assert (allowed.reason, allowed.obligations) == ("UK_R22_CONSENT_OK", ())


def test_the_home_pack_answers_for_what_has_no_country() -> None:
    case = read_case(a_case(channel="email"))
    asked = read_asked(case, instant(MONDAY), default_region="GB", drama_mobiles=False)
    assert TWO_PACKS.pack_for(asked) is TWO_PACKS.home


def test_another_pack_leaves_british_numbers_alone() -> None:
    assert judged(a_case(), TWO_PACKS).reason == "UK_R21_CLEAR"


def test_the_engines_own_rules_hold_in_every_country() -> None:
    verdict = judged(a_case(to=PARIS, stores={"objections": "down"}), TWO_PACKS)
    assert verdict.reason == "E_ENGINE_UNAVAILABLE"


@pytest.mark.parametrize(
    ("at", "reason"),
    [("2026-08-10T10:00:00Z", "UK_R21_CLEAR"), ("2026-08-11T10:00:00Z", "UK_R22_NO_CONSENT")],
)
def test_a_rule_holds_from_its_first_day(at: str, reason: str) -> None:
    assert judged(a_case(to=PARIS, at=at), TWO_PACKS).reason == reason


def test_rules_follow_the_order_of_the_phases() -> None:
    phases = [rule.phase for rule in all_rules(BOOK.home)]
    assert phases == sorted(phases)
    assert set(phases) == set(Phase)


def test_no_two_rules_share_a_name() -> None:
    names = [rule.name for rule in all_rules(BOOK.home)]
    assert len(names) == len(set(names))


def test_days_between_two_changes_of_law_share_their_rules() -> None:
    setting = Setting(Channel.LIVE_CALL, Purpose.CLAIMS, individual=True, own_line=False)
    first, second = (BOOK.rules_for(BOOK.home, setting, date(2026, 11, day)) for day in (1, 2))
    assert first is second


def test_the_version_changes_with_the_law_and_is_in_every_verdict() -> None:
    assert BOOK.version != TWO_PACKS.version
    assert version_of(("dialer.law",)) != version_of(("dialer.law", "dialer.law.uk"))
    assert judged(a_case()).rules_version == BOOK.version == StatuteBook.shipped().version


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.name)
def test_the_law_and_the_judge_touch_no_wire_and_no_clock(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    imported = {alias.name for node in nodes for alias in node.names if isinstance(node, ast.Import)}
    imported |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert not {name.partition(".")[0] for name in imported} & WIRES
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not called & {"now", "utcnow", "today", "utc_now"}
