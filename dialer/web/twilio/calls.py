"""An agent dials out, and what the callee says on the way: the doors of one outgoing call."""

from dialer.calls.campaign import Campaign
from dialer.ids import Kind, id_for
from dialer.objections.listening import Effect, Listened, Turn, listen
from dialer.objections.opt_out import Context, context_of
from dialer.objections.saying import Recorded
from dialer.screening.click_to_call import connecting
from dialer.screening.decision import Decision
from dialer.screening.question import Binding, Question
from dialer.screening.screen import Screened, screen
from dialer.screening.verdict import Answer
from dialer.telephony import inbound, script, twiml
from dialer.telephony.places import live_place
from dialer.web.twilio.answered import is_second_time, take
from dialer.web.twilio.callee import callee_heard, turn_id
from dialer.web.twilio.doors import Door, Webhook
from dialer.web.twilio.events import hear_a_relay
from dialer.web.twilio.paused import is_read, note_deafness
from dialer.web.twilio.still_allowed import is_still_allowed


def outgoing(webhook: Webhook) -> str:
    """Screen an agent's call and answer `<Dial>`, or a refusal that names the reason and dials nobody."""
    call = inbound.outgoing_call(webhook.form)
    question = Question(
        to=call.dialled,
        binding=Binding.DIALS,
        campaign=webhook.query.get("campaign"),
        hinted_campaign=call.campaign_hint,
        caller_id=call.caller_id,
        endpoint=call.endpoint,
        person=call.person_hint,
        solicitation=call.solicitation_hint,
        call_ref=call.call_ref,
        receipt=webhook.receipt,
        permit=call.permit,
    )
    return _screened(question, webhook)


def connect(webhook: Webhook) -> str:
    """Screen the callee again, now that the agent we rang has answered, and bridge them or refuse aloud."""
    entry = webhook.parts.ledger.find(webhook.query.get("decision") or "")
    call_ref = inbound.outgoing_call(webhook.form).call_ref
    question = entry and connecting(entry.fields, call_ref=call_ref, receipt=webhook.receipt)
    return _screened(question, webhook) if question else twiml.refuse(script.UNAVAILABLE)


def _screened(question: Question, webhook: Webhook) -> str:
    asked = screen(question, webhook.parts.gate, render=lambda decision: _reply(decision, webhook))
    if isinstance(asked, Screened):
        return asked.answer or twiml.refuse(script.UNAVAILABLE)
    return asked.answer or twiml.refuse(script.AGAIN)


def _reply(decision: Decision, webhook: Webhook) -> str:
    campaign = webhook.parts.configuration.believed().campaigns.get(decision.campaign or "")
    if decision.verdict.answer is not Answer.ALLOW or campaign is None or campaign.caller_id is None:
        return twiml.refuse(script.refusal(decision.verdict.reasons[0].say))
    call = twiml.Bridge(
        number=decision.to,
        caller_id=campaign.caller_id,
        decision=decision.id,
        hears=_heard_by(campaign),
        records=campaign.records,
        announces=campaign.speaks_notice,
        detects_machines=campaign.detects_machines,
        language=campaign.spoken_language,
    )
    return twiml.bridge(call, _addresses(webhook))


def _heard_by(campaign: Campaign) -> str:
    """Return what hears the callee; no machine does where nobody tells them (SI 2018/356 reg 4)."""
    if campaign.hearing == "live" and not campaign.listens:
        return "off"
    return campaign.hearing or "off"


def notice(webhook: Webhook) -> str:
    """Tell the callee who calls, of recording and listening, and the way out, before they are put through."""
    decision = webhook.query.get("decision") or ""
    campaign = _campaign_of(webhook, decision)
    if campaign is None or not is_still_allowed(webhook):
        return twiml.hang_up()
    told = campaign.notice
    wording = told.wording if told is not None and told.said_by == "message" else None
    if campaign.hearing != "keypad":
        return twiml.say(wording) if wording is not None and campaign.speaks_notice else twiml.nothing()
    text = script.notice(announced_name=campaign.announced_name or "", wording=wording)
    action = _addresses(webhook).to("voice/opt-out", decision=decision, n=1)
    # Silence comes back to us as well: a no may land elsewhere while the notice is played.
    return twiml.ask(
        text, action=action, then_hang_up=False, language=campaign.spoken_language, tells_silence=True
    )


def opt_out(webhook: Webhook) -> str:
    """Take what was keyed or said: a no is in force, on disk, before anybody hears that it is.

    What is unclear is asked once more, then taken as a no: no agent is there who could ask.
    """
    context, decision = _context(webhook), webhook.query.get("decision") or ""
    if context is None:
        return twiml.hang_up()
    listened = take(inbound.said(webhook.form), context, webhook, id_for(Kind.OBJECTION, webhook.receipt))
    if listened.recorded is not None:
        return _confirm(listened.recorded, context, webhook)
    if listened.is_unclear:
        again = _addresses(webhook).to("voice/opt-out", decision=decision, n=2)
        campaign = _campaign_of(webhook, decision) or Campaign()
        language = campaign.spoken_language
        return twiml.ask(
            script.NOT_UNDERSTOOD, action=again, then_hang_up=False, language=language, tells_silence=True
        )
    goes_on = is_still_allowed(webhook, in_spite_of_holds=is_second_time(webhook))
    return twiml.nothing() if goes_on else twiml.hang_up()


def transcription(webhook: Webhook) -> str:
    """Act on a final piece of the callee's own words in a call that is going on; never on the agent's."""
    note_deafness(webhook)
    if not is_read(webhook):
        return twiml.nothing()
    piece = inbound.transcribed(webhook.form)
    callee = callee_heard(webhook, piece)
    if piece is None or callee is None:
        return twiml.nothing()
    context = callee.context
    hear_a_relay(webhook, context.decision or "", piece.words)
    turn = Turn(
        words=piece.words,
        confidence=piece.confidence,
        source="speech",
        objection_id=turn_id(webhook, piece),
        has_agent=callee.has_agent,
        place=live_place(webhook.form),
    )
    listened = listen(turn, context, webhook.parts.listening)
    if not callee.has_agent:
        _have_confirmed(listened, webhook)
    return twiml.nothing()


def _have_confirmed(listened: Listened, webhook: Webhook) -> None:
    """Have a no told back by a machine, once; where an agent is connected, the agent tells it."""
    kept, calls = listened.recorded, webhook.parts.desk.calls
    if listened.effect is Effect.IN_FORCE and kept is not None and not kept.repeated and calls is not None:
        calls.confirm(kept.id)


def _confirm(kept: Recorded, context: Context, webhook: Webhook) -> str:
    organisations = webhook.parts.configuration.believed().organisations
    owner = organisations.get(context.principal or context.operator or "")
    name = owner.legal_name if owner and owner.legal_name else "This company"
    return twiml.say_and_hang_up(script.removed(name=name, reference=kept.reference))


def _context(webhook: Webhook) -> Context | None:
    entry = webhook.parts.ledger.find(webhook.query.get("decision") or "")
    return context_of(entry.fields) if entry is not None and entry.fields.get("to") else None


def _campaign_of(webhook: Webhook, decision: str) -> Campaign | None:
    entry = webhook.parts.ledger.find(decision)
    campaigns = webhook.parts.configuration.believed().campaigns
    return campaigns.get(entry.fields.get("campaign") or "") if entry is not None else None


def _addresses(webhook: Webhook) -> twiml.Addresses:
    return twiml.Addresses(public_url=webhook.parts.settings.public_url)


DOORS = (
    Door(route="voice/outgoing", answer=outgoing),
    Door(route="voice/connect", answer=connect),
    Door(route="voice/notice", answer=notice, on_failure=twiml.hang_up()),
    Door(route="voice/opt-out", answer=opt_out, on_failure=twiml.refuse(script.NOT_KEPT)),
    Door(route="voice/transcription", answer=transcription, on_failure=twiml.nothing(), failure_status=503),
)
