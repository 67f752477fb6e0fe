"""Keeping clips: tried for a day, then given up aloud; and which stretch of a recording proves a no."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from dialer.errors import Refused
from dialer.objections.keep_clips import ClipWork, keep_clips
from dialer.objections.proof import Place
from dialer.objections.recordings import Keeps, NoOfCall, Recording, RecordingState, Window, window_of
from dialer.wiring.clips import clip_work
from tests.doubles.house import MONDAY, NUMBER, House

CALLED = Recording(
    id="RE" + "a" * 32,
    call="dec_1",
    call_ref="CA1",
    contact_point=NUMBER,
    keeps=Keeps.OPT_OUT_CLIP,
    ended_at=MONDAY,
    seconds=600,
    started_at=MONDAY - timedelta(seconds=600),
)


@dataclass
class Carrier:
    """A carrier that has no sound for so many tries."""

    misses: int = 0
    deleted: list[str] = field(default_factory=list)

    def window(self, recording: Recording, window: Window) -> bytes:
        if self.misses:
            self.misses -= 1
            raise Refused("Twilio answered 404 for a recording; it is tried again for a day")
        return b"RIFF"

    def delete(self, recording_id: str) -> None:
        self.deleted.append(recording_id)


@dataclass
class One:
    """The one no of the call."""

    def of(self, recording: Recording) -> tuple[NoOfCall, ...]:
        return (NoOfCall(subject="obj_1", principal="alder", at=MONDAY),)


def work_of(house: House, carrier: Carrier) -> ClipWork:
    house.parts.clips.recordings.note(CALLED)
    return replace(clip_work(house.parts), carrier=carrier, noes=One())


def tries_until_done(house: House, work: ClipWork, *, at_most: int) -> int:
    """Let the worker come whenever it is due; returns how often it tried until nothing was due any more."""
    for tried in range(at_most):
        due = house.parts.clips.recordings.take_due(house.clock())
        for name in due:
            keep_clips(name, work)
        known = house.parts.clips.recordings.find(CALLED.id)
        if known is not None and known.state is not RecordingState.OPEN:
            return tried
        house.clock.advance(minutes=5)
    raise AssertionError("it is still being tried")


def test_sound_that_comes_late_is_kept_all_the_same(house: House) -> None:
    carrier = Carrier(misses=3)
    tries_until_done(house, work_of(house, carrier), at_most=40)
    (clip,) = house.parts.clips.clips.of_call("dec_1")
    assert (clip.subject, carrier.deleted) == ("obj_1", [CALLED.id])


def test_sound_that_never_comes_is_given_up_after_a_day_and_not_deleted(house: House) -> None:
    carrier = Carrier(misses=10_000)
    tries_until_done(house, work_of(house, carrier), at_most=400)
    known = house.parts.clips.recordings.find(CALLED.id)
    assert known is not None
    assert (known.state, "404" in (known.why or "")) == (RecordingState.FAILED, True)
    assert carrier.deleted == []
    assert house.clock() - MONDAY < timedelta(hours=27)


def test_two_workers_at_once_keep_one_clip(house: House) -> None:
    work = work_of(house, Carrier())
    assert (keep_clips(CALLED.id, work), keep_clips(CALLED.id, work)) == (1, 0)
    assert len(house.parts.clips.clips.of_call("dec_1")) == 1


@pytest.mark.parametrize(
    ("no", "recording", "window"),
    [
        ("live", CALLED, Window(270.0, 310.0)),
        ("told", CALLED, Window(510.0, 600.0)),
        ("placed", CALLED, Window(90.0, 114.0)),
        ("live", replace(CALLED, started_at=None), Window(270.0, 310.0)),
        ("told", replace(CALLED, keeps=Keeps.MESSAGE, seconds=40), Window(0.0, 40.0)),
        ("told", replace(CALLED, keeps=Keeps.MESSAGE, seconds=400), Window(0.0, 180.0)),
    ],
)
def test_the_stretch_lies_around_the_words_or_before_the_button(
    no: str, recording: Recording, window: Window
) -> None:
    places = {
        "live": Place(via="live", said_at=MONDAY - timedelta(seconds=300)),
        "placed": Place(via="recording", recording=CALLED.id, starts_ms=100_000, ends_ms=104_000),
    }
    said = NoOfCall(subject="obj_1", principal="alder", at=MONDAY, place=places.get(no))
    assert window_of(said, recording) == window
