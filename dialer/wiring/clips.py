"""What fetches, keeps, plays and deletes clips of recordings, put together."""

from datetime import timedelta
from functools import partial

from redis import Redis

from dialer.archive.sealing import Sealer, keys_of
from dialer.archive.vault import Vault
from dialer.clock import Clock
from dialer.courier import Courier
from dialer.objections.clip_retention import Retention
from dialer.objections.keep_clips import ClipWork
from dialer.objections.messages import doubt_unheard
from dialer.objections.play_clip import ClipDesk
from dialer.objections.sound import MEDIA_TYPE
from dialer.objections.transcripts import Reading
from dialer.settings import Settings
from dialer.store.clips import ClipStore
from dialer.store.noes_of_call import NoesOfCall
from dialer.store.on_disk import Disk
from dialer.store.recordings import RecordingStore
from dialer.telephony.recordings import FETCH_SECONDS, CarriersRecordings, allowance_for
from dialer.telephony.transcripts import CarriersTranscripts
from dialer.wiring.parts import Parts

FOLDER = "archive"


def clip_desk(redis: "Redis", disk: Disk, settings: Settings, clock: Clock) -> ClipDesk:
    """Return what clips are played with; no round trip. Raises Misconfigured for keys that are none."""
    return ClipDesk(
        clips=ClipStore(redis, disk=disk),
        recordings=RecordingStore(redis),
        files=vault(settings),
        clock=clock,
    )


def clip_work(parts: Parts) -> ClipWork:
    """Return what one worker keeps clips with; no round trip."""
    settings = parts.settings
    courier = Courier(allowance_for(settings), total_seconds=FETCH_SECONDS)
    return ClipWork(
        recordings=RecordingStore(parts.redis),
        clips=ClipStore(parts.redis, disk=Disk(is_trusted=parts.safety.trusted)),
        noes=NoesOfCall(parts.redis),
        carrier=CarriersRecordings(settings, courier),
        files=vault(settings),
        doubt=partial(doubt_unheard, desk=parts.listening.reviews),
        clock=parts.clock,
        kept_for=timedelta(days=settings.clip_days),
        deletes_whole=settings.delete_recordings,
        media_type=MEDIA_TYPE,
    )


def transcript_reading(parts: Parts) -> Reading:
    """Return what one worker reads transcripts with; no round trip."""
    return Reading(
        carrier=CarriersTranscripts(parts.settings),
        waiting=parts.transcripts,
        recordings=parts.clips.recordings,
        ledger=parts.ledger,
        listening=parts.listening,
        clock=parts.clock,
    )


def retention(parts: Parts) -> Retention:
    """Return what deletes clips whose time is over; no round trip."""
    return Retention(
        clips=ClipStore(parts.redis, disk=Disk(is_trusted=parts.safety.trusted)),
        reviews=parts.reviews,
        files=vault(parts.settings),
        kept_for=timedelta(days=parts.settings.clip_days),
    )


def vault(settings: Settings) -> Vault:
    """Return the archive that the settings name."""
    given = settings.archive_keys.get_secret_value() if settings.archive_keys is not None else ""
    texts = [text for text in given.split(",") if text.strip()]
    sealer = Sealer(keys_of(texts, secret=settings.secret_key.get_secret_value()))
    return Vault(settings.archive_url or str(settings.data_dir / FOLDER), sealer)
