"""What Twilio tells of a recording: noted for its call, so that a worker may keep the clip of a no in it."""

from datetime import datetime, timedelta

from dialer.calls.campaign import Campaign
from dialer.objections.recordings import Keeps, Recording
from dialer.telephony import twiml
from dialer.telephony.recordings import RecordingTold, recording_told
from dialer.telephony.transcripts import transcript_told
from dialer.web.twilio.doors import Door, Webhook
from dialer.web.twilio.events import decision_of, note


def recording(webhook: Webhook) -> str:
    """Note the event, and the recording it tells of; the same event again changes nothing."""
    note(webhook)
    told, decision = recording_told(webhook.form), decision_of(webhook)
    entry = webhook.parts.ledger.find(decision) if told is not None and decision is not None else None
    if told is not None and entry is not None and entry.fields.get("to"):
        campaign = webhook.parts.configuration.believed().campaigns.get(entry.fields.get("campaign") or "")
        webhook.parts.clips.recordings.note(
            Recording(
                id=told.id,
                call=entry.fields["id"],
                call_ref=told.call_ref,
                contact_point=entry.fields["to"],
                keeps=_keeps(campaign),
                ended_at=ended_at(told, webhook),
                seconds=told.seconds,
                started_at=told.started_at,
            )
        )
    return twiml.nothing()


def transcript(webhook: Webhook) -> str:
    """Note that a transcript of a recording is ready; a worker reads it."""
    account = webhook.parts.settings.twilio_account_sid
    told = transcript_told(webhook.body, account=account)
    if told is not None:
        webhook.parts.transcripts.note(told, at=webhook.parts.clock())
    return twiml.nothing()


def ended_at(told: RecordingTold, webhook: Webhook) -> datetime:
    """Return when a recording ended: now, unless what Twilio tells of its begin says earlier."""
    now = webhook.parts.clock()
    if told.started_at is None:
        return now
    return min(now, told.started_at + timedelta(seconds=told.seconds))


def _keeps(campaign: Campaign | None) -> Keeps:
    """Return what becomes of it; one that no campaign asks for (any more) goes when its hour is over."""
    is_full = campaign is not None and campaign.records and campaign.recording == "full"
    return Keeps.FULL if is_full else Keeps.OPT_OUT_CLIP


DOORS = (
    Door(route="voice/recording", answer=recording, on_failure=twiml.nothing(), failure_status=503),
    Door(route="voice/transcript", answer=transcript, on_failure=twiml.nothing(), failure_status=503),
)
