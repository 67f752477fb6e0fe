"""START after STOP: a wish to be texted again, as the consent a second person may let count.

It is for texts alone. A text shows the number it came from, not who holds the telephone, so this is kept as
proposed: nothing is lifted until a person has looked. Source: PECR 2003 reg 22(2); twilio.md 7.7.
"""

from datetime import datetime

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.calls.organisation import Organisation
from dialer.ids import Kind, id_for
from dialer.law.records import Consent, Proof, Wording
from dialer.people.keys import digest_of


def asks_for_texts(
    contact_point: str, *, principal: Organisation, words: str, ref: str, at: datetime
) -> Consent:
    """Return the consent to texts that a START asks one principal for; the same text, the same consent."""
    return Consent(
        id=id_for(Kind.CONSENT, digest_of(f"texts-again|{ref}|{principal.id}|{contact_point}")),
        contact_point=contact_point,
        principal=principal.id,
        named_as=principal.legal_name,
        channels=(Channel.SMS,),
        purposes=(Purpose.GENERAL,),
        given_at=at,
        recorded_at=at,
        method="text",
        wording=Wording(text=words),
        proof=Proof(kind="text", ref=ref, sha256=digest_of(words)),
        given_by="subscriber",
        source="own",
        specific=True,
    )
