"""What a machine heard in a few calls of Alder's, for the pages that show it."""

import hashlib
import io
import math
import wave
from datetime import timedelta
from pathlib import Path
from typing import Any

from dialer.archive.sealing import Sealer, keys_of
from dialer.archive.vault import Vault
from dialer.consents.approval import Person
from dialer.objections.correction import Wish, propose
from dialer.objections.listening import Turn, listen
from dialer.objections.opt_out import Context
from dialer.objections.proof import Place
from dialer.objections.recordings import Clip
from dialer.store.clips import ClipStore
from dialer.wiring import Parts

LINE = "+442079460123"
CLEAR = "please take me off your list and do not ring 07700 900123 again"
DOUBTFUL = "oh just get lost"
REFUSED = "no thanks not interested"
ANN = Person(kind="key", id="key_ann", name="Ann", agent="a17")


def said(parts: Parts, words: str, call: str = "CA1", line: str = LINE, **changed: Any) -> None:
    """Let the callee of a call say this."""
    plain: dict[str, Any] = {
        "contact_point": line,
        "principal": "ORG_A",
        "operator": "OP_1",
        "campaign": "C1",
        "agent": "a17",
        "decision": f"dec_{call}",
        "call_ref": call,
    }
    context = Context(**(plain | changed))
    name = f"obj_{call}{hash(words) % 997}"
    turn = Turn(words=words, confidence=0.9, source="speech", objection_id=name, place=Place(via="live"))
    listen(turn, context, parts.listening)


def questioned(parts: Parts, objection: str, by: Person = ANN, note: str = "they meant the dog") -> str:
    """Let an agent say that it was never said; returns the review that waits."""
    kept = parts.objections.find(objection)
    assert kept is not None
    return propose(kept, Wish(objection=objection, why="misheard", note=note, by=by), parts.corrections).id


def objection_on(parts: Parts, line: str = LINE) -> str:
    """Return the newest objection on a line."""
    return str(parts.records.of_line(line).objections[-1].id)


def open_ids(parts: Parts) -> list[str]:
    """Return what waits, the longest first."""
    return [review.id for review in parts.reviews.open_page(lambda _: True, after=None, at_most=99).reviews]


def with_sound(parts: Parts, subject: str, call: str, folder: Path) -> Clip:
    """Keep a second of a tone as the clip of a no, in an archive of the test's own."""
    keys = keys_of([], secret="for tests only")
    object.__setattr__(parts.clips, "files", Vault(str(folder), Sealer(keys)))
    sound = tone()
    clip = Clip(
        id=f"clp_{subject[-8:]}",
        subject=subject,
        recording="RE1",
        call=f"dec_{call}",
        contact_point=LINE,
        principal="ORG_A",
        media_type="audio/wav",
        sha256=hashlib.sha256(sound).hexdigest(),
        bytes=len(sound),
        starts_ms=0,
        ends_ms=1_000,
        kept_at=parts.clock(),
        keep_until=parts.clock() + timedelta(days=30),
    )
    parts.clips.files.put(clip.file, sound)  # type: ignore[attr-defined]
    ClipStore(parts.redis).keep(clip)
    return clip


def tone() -> bytes:
    """Return a second of 440 Hz as telephones carry it: 8 kHz, one channel."""
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setparams((1, 2, 8_000, 0, "NONE", "not compressed"))
        samples = (int(8_000 * math.sin(math.tau * 440 * n / 8_000)) for n in range(8_000))
        made.writeframes(b"".join(sample.to_bytes(2, "little", signed=True) for sample in samples))
    return file.getvalue()
