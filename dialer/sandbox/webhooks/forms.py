"""The fields of each kind of webhook. Source: twilio.md sections 1 to 5 and the samples beside it."""

import json
from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime

from dialer.sandbox.exchange.addresses import WITHHELD
from dialer.sandbox.exchange.leg import CallStatus, Fields, Leg
from dialer.sandbox.exchange.recording import Recording
from dialer.sandbox.exchange.transcription import Transcription

API_VERSION = "2010-04-01"


def standard(leg: Leg, *, status: CallStatus | None = None) -> Fields:
    """Return the fields of every voice request about `leg`; `status` overrides what the leg says."""
    called = leg.to if leg.called is None else leg.called
    fields = [
        ("AccountSid", leg.account_sid),
        ("ApiVersion", API_VERSION),
        ("CallSid", leg.sid),
        ("CallStatus", (status or leg.status).value),
        ("Direction", leg.direction.value),
        ("From", leg.sender),
        ("Caller", leg.sender),
        ("To", leg.to),
        ("Called", called),
    ]
    if leg.parent is not None:
        fields.append(("ParentCallSid", leg.parent.sid))
    if leg.is_between_numbers:
        fields.extend(geography(("From", "Caller"), leg.sender))
        fields.extend(geography(("To", "Called"), leg.to))
    return (*fields, *leg.lasting)


def geography(names: tuple[str, ...], number: str) -> Iterator[tuple[str, str]]:
    """Yield the four geographic fields of a number, often empty, as they are outside North America."""
    country = (
        ""
        if number in WITHHELD
        else {"+44": "GB", "+1": "US"}.get(number[: 2 if number[:2] == "+1" else 3], "")
    )
    city = "London" if number.startswith("+4420") else ""
    for name in names:
        yield from (
            (f"{name}City", city),
            (f"{name}State", ""),
            (f"{name}Zip", ""),
            (f"{name}Country", country),
        )


def progress(leg: Leg, status: CallStatus, *, sequence: int, at: datetime) -> Fields:
    """Return a status callback's fields; a final one adds how long, how it ended and what was recorded."""
    event = (
        ("Timestamp", format_datetime(at)),
        ("SequenceNumber", str(sequence)),
        ("CallbackSource", "call-progress-events"),
    )
    if not status.is_final:
        return (*standard(leg, status=status), *event)
    length = (("CallDuration", str(leg.duration_seconds)), ("Duration", str(-(-leg.duration_seconds // 60))))
    code = (("SipResponseCode", leg.sip_code),) if leg.sip_code else ()
    answered_by = (("AnsweredBy", leg.answered_by),) if leg.answered_by else ()
    return (*standard(leg, status=status), *event, *length, *code, *answered_by)


def recorded(recording: Recording, url: str) -> Fields:
    """Return the three fields that name a finished recording in another webhook."""
    return (
        ("RecordingUrl", url),
        ("RecordingSid", recording.sid),
        ("RecordingDuration", str(recording.duration_seconds)),
    )


def recording_status(recording: Recording, url: str) -> Fields:
    """Return the fields of a recordingStatusCallback."""
    return (
        ("AccountSid", recording.account_sid),
        ("CallSid", recording.call_sid),
        *recorded(recording, url),
        ("RecordingStatus", recording.status),
        ("RecordingChannels", str(recording.channels)),
        ("RecordingStartTime", format_datetime(recording.created_at)),
        ("RecordingSource", recording.source),
        ("RecordingTrack", recording.track),
        ("ErrorCode", "0"),
    )


def transcription_event(session: Transcription, event: str, at: datetime) -> Fields:
    """Return what every transcription event carries; the session's sequence is already this event's."""
    return (
        ("AccountSid", session.account_sid),
        ("CallSid", session.call_sid),
        ("TranscriptionSid", session.sid),
        ("Timestamp", at.isoformat(timespec="microseconds").replace("+00:00", "Z")),
        ("SequenceId", str(session.sequence)),
        ("TranscriptionEvent", event),
    )


def transcription_started(session: Transcription) -> Fields:
    """Return what transcription-started adds; labels and a name only if they were given."""
    plan = session.plan
    provider = {
        "profanityFilter": _flag(plan.filters_profanity),
        "speechModel": plan.model,
        "enableAutomaticPunctuation": _flag(plan.punctuates),
    } | ({"hints": plan.hints} if plan.hints else {})
    named = (
        ("Name", plan.name),
        ("InboundTrackLabel", plan.inbound_label),
        ("OutboundTrackLabel", plan.outbound_label),
    )
    return (
        ("ProviderConfiguration", json.dumps(provider, separators=(",", ":"))),
        ("TranscriptionEngine", plan.engine),
        ("Track", plan.track),
        ("PartialResults", _flag(plan.wants_partials)),
        ("LanguageCode", plan.language),
        *((name, value) for name, value in named if value is not None),
    )


def transcription_content(session: Transcription, track: str, words: str, *, is_final: bool) -> Fields:
    """Return what transcription-content adds; a partial has a stability where a final has a confidence."""
    heard: dict[str, object] = {"transcript": words}
    if is_final:
        heard["confidence"] = 0.9840756
    return (
        ("LanguageCode", session.plan.language),
        ("Track", track),
        ("TranscriptionData", json.dumps(heard, separators=(",", ":"))),
        ("Final", _flag(is_final)),
        *(() if is_final else (("Stability", "0.9"),)),
    )


def _flag(value: bool) -> str:
    return "true" if value else "false"
