"""The JSON of Twilio's resources. Source: Twilio's OpenAPI for the fields, their order and their types."""

from datetime import datetime
from email.utils import format_datetime

from dialer.sandbox.exchange.leg import CallStatus, Leg
from dialer.sandbox.exchange.message import Message
from dialer.sandbox.exchange.recording import Recording
from dialer.sandbox.exchange.transcription import Transcription
from dialer.sandbox.webhooks.forms import API_VERSION

Shape = dict[str, object]
_CALL_PARTS = (
    "notifications",
    "recordings",
    "payments",
    "events",
    "siprec",
    "streams",
    "transcriptions",
    "user_defined_messages",
)


def account_uri(account_sid: str) -> str:
    """Return the path under which an account's resources lie; relative, as Twilio gives it."""
    return f"/{API_VERSION}/Accounts/{account_sid}"


def call_shape(leg: Leg, *, queue_milliseconds: int) -> Shape:
    """Return a call; `initiated` is a callback's word only, the resource says ringing."""
    base = f"{account_uri(leg.account_sid)}/Calls/{leg.sid}"
    status = CallStatus.RINGING if leg.status is CallStatus.INITIATED else leg.status
    return {
        "sid": leg.sid,
        "date_created": _rfc2822(leg.created_at),
        "date_updated": _rfc2822(leg.ended_at or leg.started_at or leg.created_at),
        "parent_call_sid": leg.parent.sid if leg.parent else None,
        "account_sid": leg.account_sid,
        "to": leg.to,
        "to_formatted": leg.to,
        "from": leg.sender,
        "from_formatted": leg.sender,
        "phone_number_sid": None,
        "status": status.value,
        "start_time": _rfc2822(leg.started_at),
        "end_time": _rfc2822(leg.ended_at),
        "duration": str(leg.duration_seconds) if leg.is_over else None,
        "price": None,
        "price_unit": "USD",
        "direction": leg.direction.value,
        "answered_by": leg.answered_by,
        "api_version": API_VERSION,
        "forwarded_from": None,
        "group_sid": None,
        "caller_name": None,
        "queue_time": str(queue_milliseconds),
        "trunk_sid": None,
        "uri": f"{base}.json",
        "subresource_uris": {part: f"{base}/{part.title().replace('_', '')}.json" for part in _CALL_PARTS},
    }


def recording_shape(recording: Recording, media_url: str) -> Shape:
    """Return a recording of the account's list."""
    base = f"{account_uri(recording.account_sid)}/Recordings/{recording.sid}"
    return {
        **_recording(recording),
        "status": "deleted" if recording.is_deleted else recording.status,
        "uri": f"{base}.json",
        "media_url": media_url,
        "subresource_uris": {
            "add_on_results": f"{base}/AddOnResults.json",
            "transcriptions": f"{base}/Transcriptions.json",
        },
    }


def call_recording_shape(recording: Recording) -> Shape:
    """Return a recording as a call's own list has it: with its track, without its media."""
    base = f"{account_uri(recording.account_sid)}/Calls/{recording.call_sid}/Recordings"
    return {**_recording(recording), "uri": f"{base}/{recording.sid}.json", "track": recording.track}


def transcription_shape(session: Transcription) -> Shape:
    """Return a live transcription."""
    base = f"{account_uri(session.account_sid)}/Calls/{session.call_sid}/Transcriptions"
    return {
        "sid": session.sid,
        "account_sid": session.account_sid,
        "call_sid": session.call_sid,
        "name": session.plan.name,
        "status": session.status,
        "date_updated": _rfc2822(session.updated_at),
        "uri": f"{base}/{session.sid}.json",
    }


def message_shape(message: Message) -> Shape:
    """Return a text message."""
    base = f"{account_uri(message.account_sid)}/Messages/{message.sid}"
    return {
        "body": message.body,
        "num_segments": str(message.segments),
        "direction": message.direction,
        "from": message.sender,
        "to": message.to,
        "date_updated": _rfc2822(message.updated_at or message.created_at),
        "price": None,
        "error_message": None,
        "uri": f"{base}.json",
        "account_sid": message.account_sid,
        "num_media": "0",
        "status": message.status,
        "messaging_service_sid": message.messaging_service_sid,
        "sid": message.sid,
        "date_sent": _rfc2822(message.sent_at),
        "date_created": _rfc2822(message.created_at),
        "error_code": message.error_code,
        "price_unit": "USD",
        "api_version": API_VERSION,
        "subresource_uris": {"media": f"{base}/Media.json"},
    }


def account_shape(account_sid: str, since: datetime) -> Shape:
    """Return the account itself; its token is never shown."""
    base = account_uri(account_sid)
    return {
        "sid": account_sid,
        "friendly_name": "Ringfence stand-in",
        "status": "active",
        "type": "Full",
        "auth_token": None,
        "owner_account_sid": account_sid,
        "date_created": _rfc2822(since),
        "date_updated": _rfc2822(since),
        "uri": f"{base}.json",
        "subresource_uris": {
            name: f"{base}/{name.title()}.json" for name in ("calls", "messages", "recordings")
        },
    }


def _recording(recording: Recording) -> Shape:
    return {
        "account_sid": recording.account_sid,
        "api_version": API_VERSION,
        "call_sid": recording.call_sid,
        "conference_sid": None,
        "date_created": _rfc2822(recording.created_at),
        "date_updated": _rfc2822(recording.updated_at or recording.created_at),
        "start_time": _rfc2822(recording.created_at),
        "duration": str(recording.duration_seconds),
        "sid": recording.sid,
        "price": None,
        "price_unit": "USD",
        "encryption_details": None,
        "status": recording.status,
        "channels": recording.channels,
        "source": recording.source,
        "error_code": None,
    }


def _rfc2822(at: datetime | None) -> str | None:
    return None if at is None else format_datetime(at)
