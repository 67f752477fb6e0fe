"""PECR 2003 regs 19 and 20: recorded and synthetic voices need their own consent; faxes are not sent.

The register plays no part here, and being asked for does not replace the consent (law.md 1.1).
"""

from dialer.calls.call import Channel
from dialer.law.codes import Code
from dialer.law.matter import Matter
from dialer.law.rule import MARKETING, RECORDED, Facts, Found, Phase, Rule, blocks, opens


def _has_no_consent(matter: Matter) -> Found:
    """Forbid recorded marketing calls without this subscriber's prior consent to such calls.

    To anyone, individual or company. Source: PECR 2003 reg 19(1)-(2)(a).
    """
    held = matter.consent
    if held is None:
        return blocks(Code.UK_R19_NO_AUTOMATED_CONSENT, *_consents(matter))
    return opens(
        Code.UK_R19_CONSENT_OK,
        ("consent", held.consent.id),
        ("given_at", held.consent.given_at),
        until=held.expires,
    )


def _is_fax(_: Matter) -> Found:
    """Send no fax, whatever for. Source: PECR 2003 reg 20; law.md 1.2, 8.7.2."""
    return blocks(Code.UK_R20_FAX_BARRED)


def _consents(matter: Matter) -> Facts:
    return (("consents_held", len(matter.consents)),)


RULES = (
    Rule(
        name="recorded_call_has_consent",
        phase=Phase.CHANNEL,
        codes=(Code.UK_R19_NO_AUTOMATED_CONSENT, Code.UK_R19_CONSENT_OK),
        check=_has_no_consent,
        uses=_consents,
        channels=RECORDED,
        purposes=MARKETING,
    ),
    Rule(
        name="no_fax",
        phase=Phase.CHANNEL,
        codes=(Code.UK_R20_FAX_BARRED,),
        check=_is_fax,
        channels=frozenset({Channel.FAX}),
    ),
)
