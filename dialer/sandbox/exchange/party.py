"""The person at one end of a leg: takes the next step of their script when its moment has come.

A party has no thread of its own. Whoever runs the leg asks it for its next act, so a story plays the same
way every time, however busy the machine is.
"""

from dialer.sandbox.exchange.script import HangUp, Press, Say, Script, Stay, Wait

# How long somebody waits to be listened to before they speak to nobody.
PATIENCE_SECONDS = 60.0
Act = Say | Press | HangUp


class Party:
    """One person playing one script, once."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self._next = 0
        self._ready_at: float | None = None

    def begin(self, now: float) -> None:
        """Start counting at `now` (story seconds): the moment they answered, or began to ring us."""
        if self._ready_at is None:
            self._ready_at = now

    @property
    def acted_at(self) -> float:
        """Return the story second of their last act, which may lie before the moment it was noticed."""
        assert self._ready_at is not None, "asked only after an act"
        return self._ready_at

    def next_act(self, by: float, *, since: float, listened_to: bool) -> Act | None:
        """Return what they do between `since` and `by`, taking it off the script; None while they wait.

        Both are story seconds. What falls due after `by` has not happened, however late the question comes.
        """
        self.begin(since)
        while self._next < len(self.script.steps):
            step = self.script.steps[self._next]
            due = self._due(step)
            if due is None or isinstance(step, Stay) or due > by:
                return None
            if isinstance(step, Wait):
                self._advance(due)
            elif isinstance(step, HangUp) or listened_to:
                self._advance(max(due, since))
                return step
            elif due + PATIENCE_SECONDS <= by:
                self._advance(due + PATIENCE_SECONDS)
                return step
            else:
                return None
        return None

    def wakes_at(self, now: float) -> float | None:
        """Return the story second at which they may act of themselves; None if only events move them."""
        if self._next >= len(self.script.steps) or self._ready_at is None:
            return None
        step = self.script.steps[self._next]
        due = self._due(step)
        if due is not None and due <= now and isinstance(step, Say | Press):
            return due + PATIENCE_SECONDS
        return due

    def _due(self, step: object) -> float | None:
        assert self._ready_at is not None
        if isinstance(step, Stay):
            return None
        return self._ready_at + (step.seconds if isinstance(step, Wait) else 0.0)

    def _advance(self, at: float) -> None:
        self._next += 1
        self._ready_at = at
