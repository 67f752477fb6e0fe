"""The key names of recordings, their clips and what is listened to; see `keys`, which offers them to all."""

RECORDINGS_DUE = "rf:recordings:due"
CLIPS_BY_END = "rf:clips:by-end"
TRANSCRIPTS_DUE = "rf:transcripts:due"


def recording(recording_id: str) -> str:
    """STRING with a time-out: JSON of what is known of one recording at the carrier."""
    return f"rf:recording:{recording_id}"


def recordings_of_call(call: str) -> str:
    """SET with a time-out: the recordings of one call, by its decision or reference."""
    return f"rf:call-recordings:{call}"


def clip(clip_id: str) -> str:
    """STRING: JSON of one clip: of what, its digest, how long it is kept; never its sound."""
    return f"rf:clip:{clip_id}"


def clips_of_call(call: str) -> str:
    """SET: the clips of one call, by its decision or reference."""
    return f"rf:call-clips:{call}"


def listening(decision_id: str) -> str:
    """HASH with a time-out: whether one call is listened to: paused since when, which session is read."""
    return f"rf:listening:{decision_id}"


def transcript(transcript_id: str) -> str:
    """STRING with a time-out: since which Unix ms a transcript of a recording is ready; no words."""
    return f"rf:transcript:{transcript_id}"
