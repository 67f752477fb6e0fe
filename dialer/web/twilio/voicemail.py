"""A message left on the return-call line: kept until it was heard, and a stop in it is a stop.

What a recogniser makes nothing of is no *no* and no *nothing*: the line is held until a person has listened.
"""

from typing import Final

from dialer.objections.listening import Turn, listen
from dialer.objections.messages import doubt_message
from dialer.objections.recordings import Keeps, Recording
from dialer.telephony import from_people, script, twiml, voicemail
from dialer.telephony.recordings import RecordingTold
from dialer.web.twilio.doors import Door, Webhook
from dialer.web.twilio.reached import reached
from dialer.web.twilio.recordings import ended_at

_SOURCE: Final = "speech"


def offer(webhook: Webhook) -> str:
    """Offer whoever neither keyed nor said anything to leave a message."""
    return voicemail.take_message(
        script.LEAVE_A_MESSAGE,
        done=_to("voice/message", webhook),
        heard=_to("voice/message-heard", webhook),
    )


def left(webhook: Webhook) -> str:
    """Note a message that was left; its clip is kept if it turns out to be a no."""
    told, person = voicemail.message_left(webhook.form), from_people.from_a_person(webhook.form)
    if told is None or person.person_at is None:
        return twiml.say_and_hang_up(script.GOODBYE)
    webhook.parts.clips.recordings.note(_message(told, person.person_at, webhook))
    return twiml.say_and_hang_up(script.GOODBYE)


def heard(webhook: Webhook) -> str:
    """Act on the words of a message, as on anything a callee says where no agent is."""
    message, person = voicemail.message_heard(webhook.form), from_people.from_a_person(webhook.form)
    if message is None or person.person_at is None:
        return twiml.nothing()
    for one in reached(webhook):
        context, objection_id = one.context(person.person_at, message.call_ref), one.objection_id(webhook)
        if message.words is None:
            doubt_message(context, message.place, objection_id, webhook.parts.listening.reviews)
            continue
        turn = Turn(
            words=message.words,
            confidence=None,
            source=_SOURCE,
            objection_id=objection_id,
            has_agent=False,
            place=message.place,
        )
        listen(turn, context, webhook.parts.listening)
    _note_heard(message, person.person_at, webhook)
    return twiml.nothing()


def _note_heard(message: voicemail.MessageHeard, person_at: str, webhook: Webhook) -> None:
    """Keep that words came of it, whichever of its sound and its words comes first."""
    recordings = webhook.parts.clips.recordings
    told = RecordingTold(
        id=message.recording,
        call_ref=message.call_ref,
        seconds=voicemail.LONGEST_SECONDS,
        started_at=None,
    )
    recordings.note(_message(told, person_at, webhook))
    recordings.was_heard(message.recording, at=webhook.parts.clock())


def _message(told: RecordingTold, person_at: str, webhook: Webhook) -> Recording:
    return Recording(
        id=told.id,
        call=told.call_ref,
        call_ref=told.call_ref,
        contact_point=person_at,
        keeps=Keeps.MESSAGE,
        ended_at=ended_at(told, webhook),
        seconds=told.seconds,
        reached=tuple((r.principal, r.operator) for r in reached(webhook)),
    )


def _to(route: str, webhook: Webhook) -> str:
    """Return an address of ours that keeps the campaign this one named."""
    campaign = webhook.query.get("campaign")
    named = {"campaign": campaign} if campaign is not None else {}
    return twiml.Addresses(public_url=webhook.parts.settings.public_url).to(route, **named)


DOORS = (
    Door(route="voice/message", answer=left, on_failure=twiml.say_and_hang_up(script.GOODBYE)),
    Door(route="voice/message-heard", answer=heard, on_failure=twiml.nothing(), failure_status=503),
)
