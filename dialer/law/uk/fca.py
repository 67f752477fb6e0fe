"""Products that may not be marketed unsolicited at all, by the campaign's sector.

The list is a dated parameter: funeral plans since 29 July 2022. Source: FCA Handbook FPCOB 4; contract
section 5. It holds on every channel, because consent to marketing is still unsolicited marketing.
"""

from dialer.law.codes import Code
from dialer.law.matter import Matter
from dialer.law.rule import MARKETING, Facts, Found, Phase, Rule, blocks


def _is_banned(matter: Matter) -> Found:
    """Forbid unsolicited marketing of a product the FCA bars from it. Source: FPCOB 4; contract section 5."""
    sector = matter.asked.campaign.sector
    is_banned = sector is not None and _fold(sector) in matter.parameters.banned_unsolicited_sectors
    if not is_banned or matter.solicited is not None:
        return None
    return blocks(Code.UK_FCA_COLD_CALL_BAN, ("sector", sector))


def _fold(sector: str) -> str:
    return sector.strip().casefold()


def _sector(matter: Matter) -> Facts:
    return (("sector", matter.asked.campaign.sector),)


RULES = (
    Rule(
        name="product_may_be_marketed_unsolicited",
        phase=Phase.CHANNEL,
        codes=(Code.UK_FCA_COLD_CALL_BAN,),
        check=_is_banned,
        uses=_sector,
        purposes=MARKETING,
    ),
)
