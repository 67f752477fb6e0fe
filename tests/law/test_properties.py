"""What must hold of every case: a no never helps, a gap never helps, a wider no never helps."""

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.building import (
    LINE,
    MOBILE,
    a_case,
    a_consent,
    a_relationship,
    a_solicitation,
    an_objection,
    judged,
)

CHANNELS = ["live_call", "automated_call", "voicemail_drop", "sms", "email", "fax"]
PURPOSES = ["general", "claims", "pensions", "service", "research"]
TIMES = st.sampled_from(["2026-11-23T10:00:00Z", "2026-11-22T10:00:00Z", "2026-11-23T20:59:59Z"])
INSTANTS = st.sampled_from(
    ["2024-10-01T00:00:00Z", "2026-05-01T00:00:00Z", "2026-11-01T12:00:00Z", "2026-11-22T12:00:00Z"]
)
LISTINGS = st.sampled_from(
    [None, {"extracted_on": "2026-11-20", "listed": True}, {"extracted_on": "2026-10-01", "listed": False}]
)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a readable case with records that often matter to it."""
    channel = draw(st.sampled_from(CHANNELS))
    purpose = draw(st.sampled_from(PURPOSES))
    consent = a_consent(
        channels=draw(st.lists(st.sampled_from(CHANNELS), unique=True)),
        purposes=[purpose],
        given_at=draw(INSTANTS),
        contact_point=draw(st.sampled_from([LINE, MOBILE])),
        source=draw(st.sampled_from(["own", "third_party"])),
    )
    return a_case(
        at=draw(TIMES),
        channel=channel,
        campaign={"purpose": purpose},
        request={"solicitation": draw(st.sampled_from([None, "sol_1"]))},
        line={"subscriber": draw(st.sampled_from(["individual", "corporate", "unknown"]))},
        registers={name: listing for name in ("tps", "ctps") if (listing := draw(LISTINGS))},
        consents=[consent] if draw(st.booleans()) else [],
        solicitations=[a_solicitation(channels=[channel])] if draw(st.booleans()) else [],
        relationships=[a_relationship()] if draw(st.booleans()) else [],
        objections=[an_objection(effective_at=draw(INSTANTS))] if draw(st.booleans()) else [],
        policy={"tps_grace": draw(st.sampled_from(["off", "statutory"]))},
    )


STRENGTH = {"allow": 0, "defer": 1, "block": 2}


def strength(case: dict[str, Any]) -> int:
    return STRENGTH[judged(case).answer.value]


@settings(max_examples=150, deadline=None)
@given(case=cases(), effective_at=INSTANTS, channels=st.sampled_from(["voice", "text", "all"]))
def test_adding_an_objection_never_lets_more_through(
    case: dict[str, Any], effective_at: str, channels: str
) -> None:
    more = copy.deepcopy(case)
    point = case["request"]["to"]
    no = an_objection(contact_point=point, effective_at=effective_at, scope={"channels": channels})
    more["objections"].append(no)
    assert strength(more) >= strength(case)


@settings(max_examples=150, deadline=None)
@given(
    case=cases(), name=st.sampled_from(["principal", "operator", "purpose", "caller_id", "classification"])
)
def test_what_is_not_known_never_allows(case: dict[str, Any], name: str) -> None:
    case["campaign"][name] = None
    assert strength(case) == STRENGTH["block"]


@settings(max_examples=150, deadline=None)
@given(case=cases(), gone=st.sampled_from(["consents", "solicitations", "relationships", "registers"]))
def test_forgetting_what_speaks_for_a_call_never_lets_more_through(case: dict[str, Any], gone: str) -> None:
    poorer = {name: value for name, value in case.items() if name != gone}
    if gone != "registers" or judged(case).answer.value != "block":
        assert strength(poorer) >= strength(case)


WIDER = [("brand", "principal"), ("campaign", "principal"), ("principal", "group"), ("principal", "operator")]


@settings(max_examples=150, deadline=None)
@given(case=cases(), reaches=st.sampled_from(WIDER), channels=st.sampled_from(["voice", "text"]))
def test_widening_a_scope_never_lets_more_through(
    case: dict[str, Any], reaches: tuple[str, str], channels: str
) -> None:
    narrow, wide = copy.deepcopy(case), copy.deepcopy(case)
    scope = {
        "reach": reaches[0],
        "channels": channels,
        "brand": "Y",
        "campaign": "C9",
        "this_line_only": True,
    }
    narrow["objections"].append(an_objection(scope=scope))
    wide["objections"].append(an_objection(scope={"reach": reaches[1], "channels": "all"}))
    assert strength(wide) >= strength(narrow)


@settings(max_examples=150, deadline=None)
@given(case=cases())
def test_a_verdict_is_whole(case: dict[str, Any]) -> None:
    verdict = judged(case)
    codes = [reason.code for reason in verdict.reasons]
    assert verdict.reason == codes[0]
    assert len(set(codes)) == len(codes)
    answers = {reason.verdict for reason in verdict.reasons}
    assert verdict.answer in answers
    assert ("allow" in answers) == (verdict.answer == "allow")
    assert verdict.at is not None
    assert verdict.valid_until is not None
    assert 0 < (verdict.valid_until - verdict.at).total_seconds() <= 60
    assert verdict.retry_at is None or verdict.retry_at > verdict.at
    assert judged(case) == verdict
