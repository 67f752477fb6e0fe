"""A message that nobody could make words of: the line is held for each organisation it reached.

A person listens to it. So it is with one of which no words ever came: silence of a machine is not *none*.
"""

from dataclasses import replace
from typing import Final

from dialer.consents.approval import Review
from dialer.ids import Kind, id_for
from dialer.law.records import Reach, Scope
from dialer.objections.hearing import Label
from dialer.objections.hearing.version import hearing_version
from dialer.objections.opt_out import Context, saying_of
from dialer.objections.proof import Place, SpokenProof
from dialer.objections.recordings import Recording
from dialer.objections.saying import Saying
from dialer.objections.waiting import Doubt, ReviewDesk, hold_for_review
from dialer.people.keys import digest_of

WHY: Final = "a message was left and no words could be made of it: listen to it"
_FLAG: Final = "UNHEARD"


def doubt_message(context: Context, place: Place, objection_id: str, desk: ReviewDesk) -> Review:
    """Hold a line for a message without words, and return its review; one a call."""
    reach = Reach.PRINCIPAL if context.principal is not None else Reach.OPERATOR
    saying = saying_of(context, Scope(reach=reach, channels="voice"), None, "speech", objection_id)
    return hold_for_review(_doubt(saying, place), desk)


def doubt_unheard(message: Recording, desk: ReviewDesk) -> None:
    """Hold the line of a message of which no words came in time, for each organisation it reached."""
    place = Place(via="voicemail", recording=message.id)
    for principal, operator in message.reached:
        context = Context(
            contact_point=message.contact_point,
            principal=principal,
            operator=operator,
            campaign=None,
            agent=None,
            decision=None,
            call_ref=message.call_ref,
        )
        told = digest_of(f"{message.id}|{principal or operator}")
        doubt_message(context, place, id_for(Kind.OBJECTION, told), desk)


def _doubt(saying: Saying, place: Place) -> Doubt:
    proof = SpokenProof(model=hearing_version(), label=Label.NONE, confidence=0.0, place=place)
    return Doubt(
        saying=replace(saying, proof=proof),
        label=Label.NONE,
        confidence=0.0,
        span=None,
        flags=(_FLAG,),
        why=WHY,
    )
