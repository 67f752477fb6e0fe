"""Which track of a transcription is the callee: that depends on the leg it hangs on, never on a label.

`inbound_track` is what Twilio hears on a leg, `outbound_track` what it sends there. On the agent's leg, from
which our Dial rings the callee, the callee is what is sent; on the callee's own leg (a leg that was dialled
from the agent's, a call placed straight to a person, a participant of a conference, somebody who rings us)
the callee is what is heard. Source: twilio.md section 4.3.
"""

from enum import StrEnum
from typing import Final


class ListenedLeg(StrEnum):
    """The leg that is listened to, as the query of our own signed address may say."""

    AGENT = "agent"
    CALLEE = "callee"


_CALLEES_TRACK: Final = {ListenedLeg.AGENT: "outbound_track", ListenedLeg.CALLEE: "inbound_track"}


def is_callees(track: str, leg: ListenedLeg) -> bool:
    """Say whether a piece on this track of this leg was said by the callee."""
    return track == _CALLEES_TRACK[leg]


def leg_listened_to(*, named: str | None, call_ref: str, agents_leg: str | None) -> ListenedLeg:
    """Return which leg of a decision's call an event is about.

    `named` is what our own address says, and wins. `agents_leg` is the leg that the decision dialled from,
    None where no Dial of ours rang the callee: then whatever leg it is goes straight to a person.
    """
    if named in set(ListenedLeg):
        return ListenedLeg(named)
    return ListenedLeg.AGENT if agents_leg is not None and call_ref == agents_leg else ListenedLeg.CALLEE
