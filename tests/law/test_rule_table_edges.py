"""Where each rule stands: its phase as the table of the law numbers it, its codes, and its first day."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.law.codes import Code
from dialer.law.rule import Finding, Phase, Rule, Setting
from dialer.law.statute_book import all_rules, version_of
from dialer.screening.judge import open_matter
from dialer.screening.what_if import read_case
from tests.law.building import BOOK, built
from tests.law.test_cases import rows

# law.md 8.3: the phase of each code. A warning or a detail stands with the rules it belongs to.
PHASES = {
    0: "E_ENGINE_UNAVAILABLE E_INPUT_INCOMPLETE E_PURPOSE_UNCLASSIFIED E_AUDIT_UNAVAILABLE"
    " UK_PURPOSE_RECLASSIFIED",
    1: "E_NUMBER_EMERGENCY_OR_SHORTCODE E_NUMBER_INVALID E_NUMBER_TYPE_BARRED E_JURISDICTION_UNSUPPORTED"
    " E_CROWN_DEPENDENCY E_OWN_LINE",
    2: "POLICY_NO_CONTACT",
    3: "UK_SERVICE_OK UK_RESEARCH_OK",
    4: "UK_R21_A1_CLI_MISSING UK_R19_CLI_WITHHELD UK_R24_IDENTITY_MISSING UK_R24_CONTACT_MISSING"
    " UK_R23_SENDER_CONCEALED UK_R23_NO_OPTOUT_ADDRESS",
    5: "UK_ART21_OBJECTED UK_R21B_REFUSED UK_R21_1A_OBJECTED UK_R22_REFUSED POLICY_HOLD_REVIEW"
    " POLICY_CAMPAIGN_REFUSED",
    6: "UK_R19_CONSENT_OK UK_R21A_CONSENT_OK UK_R21B_NOT_AUTHORISED UK_R21B_NO_CONSENT_OR_CLIENT"
    " UK_R21_SOLICITED UK_R21_1B_TPS_LISTED UK_R21_1B_CTPS_LISTED UK_R21_REGISTER_STALE UK_R21_CLEAR"
    " UK_R22_CORPORATE_OK UK_R22_NO_CONSENT UK_R20_FAX_BARRED UK_FCA_COLD_CALL_BAN UK_R21_REGISTER_MISSING"
    " UK_CONSENT_WRONG_ORG",
    7: "UK_HOURS_OUTSIDE UK_HOURS_HOLIDAY",
    8: "UK_OFCOM_72H_LIVE_AGENT_ONLY UK_OFCOM_AMD_24H UK_OFCOM_ACR_CEILING UK_FREQ_CAP",
}
PHASE_OF = [(phase, code) for phase, codes in PHASES.items() for code in codes.split()]
# Reg 21's rules stand twice in the book, the second time for companies' pensions calls.
TWICE = "_for_corporate_pensions"
RULES = all_rules(BOOK.home)


def found_by_rule() -> Iterator[tuple[Rule, Code]]:
    """Yield each rule with each code it finds in some row of the tables."""
    for row in rows():
        case = read_case(json.dumps(built(row.values[0])))
        if case.at is not None:
            matter, applicable = open_matter(case, case.at, BOOK)
            for rule in applicable:
                found = rule.check(matter)
                for finding in (found,) if isinstance(found, Finding) else found or ():
                    yield rule, finding.code


def names_on(day: date, purpose: Purpose, channel: Channel) -> set[str]:
    setting = Setting(channel, purpose, individual=True, own_line=False)
    return {rule.name for rule in BOOK.rules_for(BOOK.home, setting, day) if rule.phase is Phase.CHANNEL}


def test_the_phases_are_numbered_as_in_the_table() -> None:
    assert [phase.value for phase in Phase] == list(range(9))


@pytest.mark.parametrize(("phase", "code"), PHASE_OF)
def test_a_code_is_found_in_the_phase_of_the_table(phase: int, code: str) -> None:
    assert {rule.phase.value for rule in RULES if code in rule.codes} == {phase}


@pytest.mark.parametrize(
    ("phase", "names"),
    [
        (Phase.NO_CONTACT, {"no_contact_is_kept", "line_is_the_persons"}),
        (Phase.PURPOSE, {"service_is_not_marketing", "research_is_not_marketing"}),
    ],
)
def test_who_is_never_contacted_is_asked_before_what_the_purpose_is(phase: Phase, names: set[str]) -> None:
    """Source: law.md 8.3 phases 2 and 3."""
    assert {rule.name for rule in RULES if rule.phase is phase} == names


def test_a_rule_finds_the_codes_it_names_and_no_others() -> None:
    found: dict[str, set[Code]] = {rule.name: set() for rule in RULES if not rule.name.endswith(TWICE)}
    for rule, code in found_by_rule():
        found[rule.name.removesuffix(TWICE)].add(code)
    assert {name: sorted(codes) for name, codes in found.items()} == {
        rule.name: sorted(rule.codes) for rule in RULES if rule.name in found
    }


def test_the_rules_that_stand_twice_name_the_same_codes() -> None:
    codes = {rule.name: rule.codes for rule in RULES}
    twice = [name for name in codes if name.endswith(TWICE)]
    assert len(twice) == 5
    assert all(codes[name] == codes[name.removesuffix(TWICE)] for name in twice)


@pytest.mark.parametrize("channel", [Channel.LIVE_CALL, Channel.AUTOMATED_CALL])
def test_claims_calls_have_a_rule_of_their_own_since_8_september_2018(channel: Channel) -> None:
    """Source: PECR reg 21A, inserted by the Financial Guidance and Claims Act 2018 s.35."""
    before, since = (names_on(date(2018, 9, day), Purpose.CLAIMS, channel) for day in (7, 8))
    assert not any("claims" in name for name in before)
    assert sum("claims" in name for name in since) == 1


@pytest.mark.parametrize("channel", [Channel.LIVE_CALL, Channel.AUTOMATED_CALL])
def test_pensions_calls_have_rules_of_their_own_since_9_january_2019(channel: Channel) -> None:
    """Source: PECR reg 21B, inserted by SI 2018/1396."""
    before, since = (names_on(date(2019, 1, day), Purpose.PENSIONS, channel) for day in (8, 9))
    assert not any("pensions" in name for name in before)
    assert sum("pensions" in name for name in since) == 2


@pytest.mark.parametrize(("day", "is_there"), [(date(2003, 12, 10), False), (date(2003, 12, 11), True)])
def test_every_other_rule_is_as_old_as_the_regulations(day: date, is_there: bool) -> None:
    """Source: PECR 2003 reg 1."""
    setting = Setting(Channel.LIVE_CALL, Purpose.GENERAL, individual=True, own_line=False)
    assert bool(BOOK.rules_for(BOOK.home, setting, day)) is is_there


def test_the_version_changes_with_code_and_with_figures_and_with_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    contents = {"__init__.py": "", "rules.py": "A = 1\n", "figures.toml": "a = 1\n", "notes.txt": "1"}
    versions = []
    for number, changed in enumerate(("", "rules.py", "figures.toml", "notes.txt")):
        folder = tmp_path / f"pack_{number}"
        folder.mkdir()
        for name, text in contents.items():
            (folder / name).write_text(text.replace("1", "2") if name == changed else text, "utf-8")
        versions.append(version_of((folder.name,)))
    assert len(set(versions)) == 3
    assert versions[0] == versions[3]
