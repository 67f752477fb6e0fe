"""Attending to one leg: its party, the clock and orders from outside, while a verb waits."""

from collections.abc import Callable

from dialer.sandbox.exchange.leg import CallStatus, Direction, Finish, Leg, Redirect, Source
from dialer.sandbox.exchange.party import Act
from dialer.sandbox.exchange.script import HangUp, Press, Say
from dialer.sandbox.listening import say_on
from dialer.sandbox.progress import answer
from dialer.sandbox.world import World


class LegOver(Exception):
    """The leg has to end now; `status` is what it ends with."""

    def __init__(self, status: CallStatus) -> None:
        super().__init__(status)
        self.status = status


class Redirected(Exception):
    """An order from outside: go on with another document."""

    def __init__(self, source: Source) -> None:
        super().__init__("redirected")
        self.source = source


class Attendant:
    """Somebody at a leg's side, in the leg's own thread."""

    def __init__(self, world: World, leg: Leg) -> None:
        self.world = world
        self.leg = leg
        # Where this leg stands in the story. Waits count from here and not from the clock, so that a machine
        # that stalls changes nothing of who spoke before whose time-out.
        self.moment = world.tempo.now()

    def attend(
        self,
        seconds: float | None = None,
        *,
        listening: bool = False,
        until: Callable[[], bool] = lambda: False,
    ) -> Act | None:
        """Wait, letting the party act; returns what they did, or None at the end of `seconds` or `until`.

        `until` is asked under the world's lock. Raises `LegOver` when the party hangs up or an order ends the
        leg, `Redirected` when an order sends it elsewhere.
        """
        world = self.world
        with world.lock:
            since = world.tempo.now() if seconds is None else self.moment
            deadline = None if seconds is None else since + seconds
            while True:
                self._obey()
                now = world.tempo.now()
                act = self._act(now if deadline is None else min(now, deadline), since, listening=listening)
                if act is not None:
                    return act
                if until():
                    self.moment = now
                    return None
                if deadline is not None and now >= deadline:
                    self.moment = deadline
                    return None
                self._sleep(now, deadline)

    def answer(self) -> None:
        """Answer the leg, if it is not answered yet."""
        answer(self.world, self.leg)

    def note(self, code: int | None, message: str) -> None:
        """Put an error into the story, as Twilio's debugger would show it."""
        with self.world.changing():
            self.leg.story.add("error", self.leg.sid, code=code, message=message)

    def _act(self, by: float, since: float, *, listening: bool) -> Act | None:
        if not self._party_is_there():
            return None
        act = self.leg.party.next_act(by, since=since, listened_to=listening)
        if act is None:
            return None
        self.moment = self.leg.party.acted_at
        if isinstance(act, HangUp):
            self.leg.story.add("hung_up", self.leg.sid)
            raise LegOver(CallStatus.COMPLETED)
        self._tell(act, was_heard=listening)
        return act

    def _party_is_there(self) -> bool:
        """Tell whether somebody is on the line: a caller from the start, a callee from the answer on."""
        return self.leg.direction is Direction.INBOUND or self.leg.answered_tick is not None

    def _obey(self) -> None:
        leg, order = self.leg, self.leg.order
        if self.world.is_stopping:
            raise LegOver(CallStatus.COMPLETED if leg.answered_tick is not None else CallStatus.CANCELED)
        if leg.time_limit_tick is not None and self.world.tempo.now() >= leg.time_limit_tick:
            raise LegOver(CallStatus.COMPLETED)
        leg.order = None
        if isinstance(order, Finish):
            raise LegOver(CallStatus.COMPLETED if leg.answered_tick is not None else order.unanswered_as)
        if isinstance(order, Redirect):
            raise Redirected(order.source)

    def _tell(self, act: Say | Press, *, was_heard: bool) -> None:
        if isinstance(act, Say):
            say_on(self.world, self.leg, act.words, was_heard=was_heard)
        else:
            self.leg.story.add("pressed", self.leg.sid, keys=act.keys, heard=was_heard)

    def _sleep(self, now: float, deadline: float | None) -> None:
        moments = [deadline, self.leg.party.wakes_at(now), self.leg.time_limit_tick]
        ahead = [moment - now for moment in moments if moment is not None and moment > now]
        self.world.lock.wait(self.world.tempo.real_seconds(min(ahead)) if ahead else None)
