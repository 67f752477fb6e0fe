"""A tiny national pack for tests: France, opt-in for live calls since 11 August 2026 (law.md section 7)."""

from dataclasses import replace
from datetime import date

from dialer.calls.call import Channel
from dialer.law.codes import Code
from dialer.law.matter import Matter
from dialer.law.pack import NationalPack
from dialer.law.rule import MARKETING, Finding, Found, Phase, Rule, blocks, opens
from dialer.law.uk.pack import uk_pack

LIVE = frozenset({Channel.LIVE_CALL})
OPT_IN_FROM = date(2026, 8, 11)


def _needs_consent(matter: Matter) -> Found:
    if matter.consent is None:
        return blocks(Code.UK_R22_NO_CONSENT)
    return opens(Code.UK_R22_CONSENT_OK, until=matter.consent.expires)


def _was_open(matter: Matter) -> Found:
    return opens(Code.UK_R21_CLEAR) if matter.asked.day < OPT_IN_FROM else None


def _no_obligations(matter: Matter, grounds: tuple[Finding, ...]) -> tuple[str, ...]:
    return ()


def french_pack() -> NationalPack:
    """Return the pack: two rules, and the figures borrowed from the United Kingdom."""
    opt_out = Rule(
        name="call_was_open_before_opt_in",
        phase=Phase.CHANNEL,
        codes=(Code.UK_R21_CLEAR,),
        check=_was_open,
        channels=LIVE,
        purposes=MARKETING,
    )
    opt_in = replace(
        opt_out,
        name="call_needs_consent",
        codes=(Code.UK_R22_NO_CONSENT, Code.UK_R22_CONSENT_OK),
        check=_needs_consent,
        in_force_from=OPT_IN_FROM,
    )
    return replace(
        uk_pack(),
        name="fr",
        country_codes=frozenset({33}),
        rules=(opt_out, opt_in),
        obligations=_no_obligations,
        packages=("tests.law",),
    )
