"""Recordings at Twilio: what it tells of one, a window of its sound, and its end.

The address is ours, made from the account and the recording's id, never the one that a webhook names: so our
credentials go to Twilio alone. Source: twilio.md sections 2.4 and 4.4.
"""

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol
from urllib.parse import urlsplit

from dialer.delivery.address import LOOPBACK_ALLOWED, Allowance
from dialer.delivery.reply import Reply, Unreachable
from dialer.environment import LOOPBACK
from dialer.errors import Refused, TooMany, Unanswered
from dialer.objections.recordings import Keeps, Recording, Window
from dialer.objections.sound import WindowOfSound
from dialer.settings import Settings
from dialer.telephony.client import TwilioClient, answered
from dialer.telephony.inbound import Form
from dialer.telephony.legs import instant

# Four hours in two channels at 8,000 samples of two bytes, which is the longest call.
MOST_BYTES: Final = 4 * 3_600 * 32_000 + 65_536
FETCH_SECONDS: Final = 120.0
_TWILIO: Final = "https://api.twilio.com"
_ID: Final = re.compile(r"RE[0-9a-fA-F]{32}")
_SOUNDS: Final = frozenset({"audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"})
_OK: Final = 200
_ENOUGH_REQUESTS: Final = 429
_GONE: Final = frozenset({20404})


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingTold:
    """What Twilio tells of a recording that has ended; `started_at` None is not said."""

    id: str
    call_ref: str
    seconds: int
    started_at: datetime | None


class Fetching(Protocol):
    """Carries a long answer; see `courier.Courier.fetch`."""

    def fetch(
        self,
        url: str,
        *,
        headers: Mapping[str, str],
        accept: Callable[[Reply], bool],
        take: Callable[[bytes], bool],
        most_bytes: int,
    ) -> Reply:
        """GET an address piece by piece. Raises Unreachable and ForbiddenAddress."""
        ...


def recording_told(form: Form) -> RecordingTold | None:
    """Return the recording an event tells of, None unless it has ended with some sound in it."""
    recording_id, seconds = form.get("RecordingSid") or "", form.get("RecordingDuration") or ""
    if form.get("RecordingStatus") not in (None, "completed") or not _ID.fullmatch(recording_id):
        return None
    return RecordingTold(
        id=recording_id,
        call_ref=form.get("CallSid") or "",
        seconds=int(seconds) if seconds.isdecimal() else 0,
        started_at=instant(form.get("RecordingStartTime")),
    )


class CarriersRecordings:
    """Fits `objections.keep_clips.Carrier`; one worker's alone, as its courier is."""

    def __init__(self, settings: Settings, courier: Fetching) -> None:
        self._settings = settings
        self._client = TwilioClient(settings)
        self._courier = courier

    def window(self, recording: Recording, window: Window) -> bytes:
        """Fetch a window of a recording as a WAV of its own; what lies behind it is not fetched.

        Raises Unreadable for what is no WAV, Refused, TooMany and Unanswered.
        """
        sound = WindowOfSound(window)
        try:
            reply = self._courier.fetch(
                _address(self._settings, recording),
                headers={"Authorization": _credentials(self._settings), "Accept": "audio/wav"},
                accept=_is_sound,
                take=sound.take,
                most_bytes=MOST_BYTES,
            )
        except Unreachable as problem:
            raise Unanswered(f"a recording could not be fetched: {problem}") from None
        _insist_it_is_sound(reply)
        return sound.cut()

    def delete(self, recording_id: str) -> None:
        """Delete a recording at Twilio; one that is gone is deleted. Raises Refused, TooMany, Unanswered."""
        from twilio.base.exceptions import TwilioException

        try:
            with answered("delete a recording", passes=_GONE):
                self._client().recordings(recording_id).delete()
        except TwilioException:
            return


def allowance_for(settings: Settings) -> Allowance:
    """Return where recordings may be fetched: public addresses; this machine where the stand-in is on it."""
    base = settings.twilio_api_base_url
    host = urlsplit(base).hostname if base is not None else None
    return LOOPBACK_ALLOWED if host in LOOPBACK else Allowance()


def _address(settings: Settings, recording: Recording) -> str:
    if not _ID.fullmatch(recording.id):
        raise Refused("this is no recording's id; nothing was asked for")
    base = (settings.twilio_api_base_url or _TWILIO).rstrip("/")
    sound = f"{base}/2010-04-01/Accounts/{settings.twilio_account_sid}/Recordings/{recording.id}.wav"
    # Of a call both channels: agent and callee can then be told apart. A message has one.
    return sound if recording.keeps is Keeps.MESSAGE else f"{sound}?RequestedChannels=2"


def _credentials(settings: Settings) -> str:
    user, secret = settings.twilio_api_key_sid, settings.twilio_api_key_secret
    if user is None or secret is None:
        user, secret = settings.twilio_account_sid, settings.twilio_auth_token
    return "Basic " + base64.b64encode(f"{user}:{secret.get_secret_value()}".encode()).decode()


def _is_sound(reply: Reply) -> bool:
    media_type = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    return reply.status == _OK and media_type in _SOUNDS


def _insist_it_is_sound(reply: Reply) -> None:
    if _is_sound(reply):
        return
    if reply.status == _ENOUGH_REQUESTS:
        raise TooMany("Twilio would not send a recording: too many requests at once; it is tried again")
    if reply.status == _OK:
        raise Refused("Twilio sent no sound for a recording; its kind is not one that can be kept")
    # 404 is usual for a while after the call: the sound is not ready yet.
    raise Refused(f"Twilio answered {reply.status} for a recording; it is tried again for a day")
