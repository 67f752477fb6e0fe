"""Somebody rings back a number that called them: who it was and for whom, a person to speak to, or a stop.

Caller ID can be faked, so a return call may stop calls and never allow them: who presses 1 speaks to us and
has agreed to nothing. Returned calls are no occasion to market (law.md 5.1).
"""

from typing import Final

from dialer.calls.call import Leg
from dialer.calls.campaign import Campaign
from dialer.errors import Unreadable
from dialer.law.records import Reach, Scope
from dialer.objections.listening import Turn, listen
from dialer.objections.opt_out import saying_of
from dialer.objections.record import record
from dialer.objections.saying import Recorded
from dialer.screening.click_to_call import OWN_LINE
from dialer.screening.question import Binding, Question
from dialer.screening.screen import screen
from dialer.telephony import from_people, inbound, return_call, script, twiml
from dialer.web.twilio.answered import is_second_time, take
from dialer.web.twilio.doors import Door, Webhook
from dialer.web.twilio.reached import campaigns_reached, reached
from dialer.web.twilio.voicemail import offer

SPEAK_KEY: Final = "1"
# Asked twice, or with nobody to speak to: who still says nothing may leave a message. After a talk, nobody.
_MAY_LEAVE_A_MESSAGE: Final = "2"
_VOICE: Final = Scope(reach=Reach.PRINCIPAL, channels="voice")


def incoming(webhook: Webhook) -> str:
    """Tell who rang and for whom, and offer the ways on."""
    campaigns = campaigns_reached(webhook)
    organisations = webhook.parts.configuration.believed().organisations
    operators = (organisations.get(c.operator or "") for c in campaigns)
    callers = sorted({o.legal_name for o in operators if o is not None and o.legal_name})
    principals = sorted({c.announced_name for c in campaigns if c.announced_name})
    return _ask(script.return_call(callers=tuple(callers), principals=tuple(principals)), webhook, n=1)


def returned(webhook: Webhook) -> str:
    """Take what somebody keyed or said; unclear is asked once more, then a no; silence is never one."""
    said, person = inbound.said(webhook.form), from_people.from_a_person(webhook.form)
    if said.keys == SPEAK_KEY:
        return _to_us(webhook)
    if person.person_at is None:
        return return_call.ask_number(script.WHICH_NUMBER, action=_to("voice/returned-number", webhook, n=1))
    noes = [
        take(said, r.context(person.person_at, said.call_ref), webhook, r.objection_id(webhook)).recorded
        for r in reached(webhook)
    ]
    done = next((no for no in noes if no is not None), None)
    if done is not None:
        return _confirmed(done, webhook)
    if webhook.query.get("n") == _MAY_LEAVE_A_MESSAGE:
        return offer(webhook)
    if is_second_time(webhook):
        return twiml.say_and_hang_up(script.GOODBYE)
    is_silent = said.keys is None and said.words is None
    return _ask(script.NOT_HEARD if is_silent else script.NOT_UNDERSTOOD, webhook, n=2)


def returned_number(webhook: Webhook) -> str:
    """Take the number that a caller who withholds theirs keys in: all voice marketing to it stops."""
    line = _keyed_line(webhook)
    if line is None and is_second_time(webhook):
        return twiml.say_and_hang_up(script.NO_CALLER_KNOWN)
    if line is None:
        return return_call.ask_number(script.NO_NUMBER, action=_to("voice/returned-number", webhook, n=2))
    ref = inbound.said(webhook.form).call_ref
    sayings = [
        saying_of(r.context(line, ref), _VOICE, None, "keypad", r.objection_id(webhook))
        for r in reached(webhook)
    ]
    kept = [record(saying, webhook.parts.desk) for saying in sayings]
    return _confirmed(kept[0], webhook)


def returned_words(webhook: Webhook) -> str:
    """Act on the caller's own words while they speak to us: a stop is in force, and nobody is cut off."""
    piece = inbound.transcribed(webhook.form)
    line = webhook.parts.line_names.contact_point_of(webhook.query.get("line") or "")
    if piece is None or line is None or not piece.is_final or piece.track != "inbound_track":
        return twiml.nothing()
    for one in reached(webhook):
        turn = Turn(
            words=piece.words,
            confidence=piece.confidence,
            source="speech",
            objection_id=one.objection_id(webhook),
        )
        listen(turn, one.context(line, piece.call_ref), webhook.parts.listening)
    return twiml.nothing()


def _to_us(webhook: Webhook) -> str:
    """Put the caller through to a verified phone of ours, or say where we can be rung."""
    campaigns = campaigns_reached(webhook)
    for campaign in campaigns:
        if campaign.return_calls_to is not None and _is_ours(campaign.return_calls_to, campaign, webhook):
            return return_call.put_through(_own_phone(campaign, webhook))
    published = (number for c in campaigns for number in (c.freephone, c.caller_id) if number is not None)
    reached_at = from_people.from_a_person(webhook.form).our_number
    other = next((number for number in published if number != reached_at), None)
    return _ask(script.ring_instead(other), webhook, n=2)


def _is_ours(number: str, campaign: Campaign, webhook: Webhook) -> bool:
    """Let the judge say that a phone is ours: anything else about it opens nothing here."""
    question = Question(
        to=number,
        binding=Binding.RINGS,
        campaign=campaign.id,
        leg=Leg.TRANSFER,
        receipt=webhook.receipt,
    )
    asked = screen(question, webhook.parts.gate, render=lambda decision: decision.verdict.reason)
    return asked.answer == OWN_LINE


def _own_phone(campaign: Campaign, webhook: Webhook) -> return_call.OwnPhone:
    person = from_people.from_a_person(webhook.form)
    wording = campaign.notice.wording if campaign.notice is not None and campaign.listens else None
    line = webhook.parts.line_names.name_of(person.person_at) if person.person_at and wording else ""
    return return_call.OwnPhone(
        number=campaign.return_calls_to or "",
        caller_id=person.our_number or campaign.caller_id or "",
        language=campaign.spoken_language,
        notice=wording if line else None,
        words_to=_to("voice/returned-words", webhook, campaign=campaign.id or "", line=line),
        afterwards=_to("voice/returned", webhook, n=3),
    )


def _keyed_line(webhook: Webhook) -> str | None:
    keyed, settings = inbound.said(webhook.form).keys, webhook.parts.settings
    try:
        return from_people.number_keyed(
            keyed or "", region=settings.default_region, drama_mobiles=settings.drama_numbers
        )
    except Unreadable:
        return None


def _confirmed(no: Recorded, webhook: Webhook) -> str:
    organisations = webhook.parts.configuration.believed().organisations
    owners = (organisations.get(one.principal or one.operator or "") for one in reached(webhook))
    names = sorted({o.legal_name for o in owners if o is not None and o.legal_name})
    text = script.removed(name=" and ".join(names) or "We", reference=no.reference)
    return twiml.say_and_hang_up(text)


def _ask(text: str, webhook: Webhook, *, n: int) -> str:
    campaign = next(iter(campaigns_reached(webhook)), None) or Campaign()
    action = _to("voice/returned", webhook, n=n)
    language = campaign.spoken_language
    return twiml.ask(text, action=action, then_hang_up=True, language=language, tells_silence=True)


def _to(route: str, webhook: Webhook, **query: str | int) -> str:
    """Return an address of ours that keeps the campaign this one named."""
    campaign = webhook.query.get("campaign")
    named = {"campaign": campaign} if campaign is not None else {}
    return twiml.Addresses(public_url=webhook.parts.settings.public_url).to(route, **{**named, **query})


DOORS = (
    Door(route="voice/incoming", answer=incoming),
    Door(route="voice/returned", answer=returned, on_failure=twiml.refuse(script.NOT_KEPT)),
    Door(route="voice/returned-number", answer=returned_number, on_failure=twiml.refuse(script.NOT_KEPT)),
    Door(
        route="voice/returned-words",
        answer=returned_words,
        on_failure=twiml.nothing(),
        failure_status=503,
    ),
)
