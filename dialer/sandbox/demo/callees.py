"""Who is who among the demo's callees: which drama numbers stand on which list.

All are Ofcom's numbers for drama. 020 7946 0000–0099 stand on no list and are the ones to dial freely.
"""

from typing import Final

PRINCIPALS: Final = ("alder", "birch")
OPERATOR: Final = "beck"

TPS_LISTED: Final = (*range(2079460200, 2079460250), *range(7700900200, 7700900250))
CTPS_LISTED: Final = (*range(1134960300, 1134960320), *range(2079460240, 2079460245))
# On TPS, and each has told Alder Energy that it may ring: consent lifts the register for Alder alone.
TPS_WITH_CONSENT: Final = range(2079460220, 2079460230)
FREE_WITH_CONSENT: Final = range(7700900010, 7700900020)
# Said no before Ringfence came: in the old dialer's system list and in Alder's campaign list.
ON_OLD_SYSTEM_LIST: Final = range(1174960400, 1174960430)
ON_OLD_CAMPAIGN_LIST: Final = range(1214960400, 1214960420)


def national(number: int) -> str:
    """Return a UK number without its country code as people write it, the trunk 0 in front."""
    return f"0{number}"
