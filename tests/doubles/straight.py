"""Calls that a dialer places straight to a person, and the consent that such a message of ours needs."""

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.law.records import Consent, Proof, Wording
from dialer.screening.question import Binding
from dialer.screening.screen import Screened
from tests.doubles.house import MONDAY, NUMBER, House


def dialled_straight(house: House) -> str:
    """Return the decision of a dialer that rings the person itself."""
    screened = house.screen(house.outgoing(binding=Binding.PERMIT, call_ref=None, endpoint=None))
    assert isinstance(screened, Screened)
    assert screened.decision.verdict.answer == "allow", screened.decision.verdict.reason
    return screened.decision.id


def agreed(channel: Channel) -> Consent:
    """Return a consent to this channel, as a month ago somebody gave it in a form."""
    return Consent(
        id="con_1",
        contact_point=NUMBER,
        principal="alder",
        named_as="Alder Energy Ltd",
        channels=(channel,),
        purposes=(Purpose.GENERAL,),
        given_at=MONDAY.replace(month=10),
        recorded_at=MONDAY.replace(month=10),
        method="web_form",
        wording=Wording(version="w3", text="Yes, Alder Energy Ltd may ring me with recorded messages."),
        proof=Proof(kind="form_log", ref="form 1", sha256="0" * 64),
        given_by="subscriber",
        source="own",
        specific=True,
    )
