"""Walking a document on one leg, and attending to the party, the clock and orders from outside meanwhile."""

from collections.abc import Callable, Mapping
from typing import Literal, NoReturn

from dialer.sandbox.asking import ask, read_source
from dialer.sandbox.exchange.leg import CallStatus, Direction, Fetch, Finish, Leg, Redirect, Source
from dialer.sandbox.exchange.party import Act
from dialer.sandbox.exchange.script import HangUp, Press, Say
from dialer.sandbox.listening import say_on
from dialer.sandbox.progress import answer
from dialer.sandbox.twiml.document import Document, TwimlFault, Verb
from dialer.sandbox.world import World

# A document that redirects to itself for ever is cut off here.
MOST_DOCUMENTS = 200
# Verbs that do not answer an incoming call when they come first. Source: twilio.md section 1.2.
_BEFORE_ANSWER = frozenset({"Reject", "Redirect", "Pause"})
Next = Source | Literal["on", "end"]


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


class Walker:
    """Runs documents on one leg, in the leg's own thread."""

    def __init__(
        self,
        world: World,
        leg: Leg,
        verbs: "Mapping[str, VerbFunction]",
        *,
        allowed: frozenset[str] | None = None,
    ) -> None:
        self.world = world
        self.leg = leg
        self.verbs = verbs
        self.allowed = allowed
        self.is_first_verb = True

    def run(self, source: Source, *, follows_orders: bool = True) -> CallStatus:
        """Walk documents until one ends; returns what the call ends as. Raises `LegOver`.

        With `follows_orders` false an order to run another document comes out as `Redirected` instead.
        """
        following: Source | None = source
        for _ in range(MOST_DOCUMENTS):
            if following is None:
                return self._ending()
            try:
                following = self._document(following)
            except Redirected as order:
                if not follows_orders:
                    raise
                following = order.source
        with self.world.changing():
            self.leg.story.add(
                "error", self.leg.sid, code=None, message=f"over {MOST_DOCUMENTS} documents in a call"
            )
        return self._ending()

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
        world, leg = self.world, self.leg
        with world.lock:
            deadline = None if seconds is None else world.tempo.now() + seconds
            while True:
                self._obey()
                now = world.tempo.now()
                act = leg.party.next_act(now, listened_to=listening) if self._party_is_there() else None
                if isinstance(act, HangUp):
                    leg.story.add("hung_up", leg.sid)
                    raise LegOver(CallStatus.COMPLETED)
                if act is not None:
                    self._tell(act, was_heard=listening)
                    return act
                if until() or (deadline is not None and now >= deadline):
                    return None
                self._sleep(now, deadline)

    def answer(self) -> None:
        """Answer the leg, if it is not answered yet."""
        answer(self.world, self.leg)

    def tell_at_the_end(self, action: Fetch) -> None:
        """Ask an action although the call is over: CallStatus is completed, the answer is not run."""
        try:
            ask(self.world, self.leg, action, status=CallStatus.COMPLETED)
        except TwimlFault as fault:
            self.note(fault.code, str(fault))

    def note(self, code: int | None, message: str) -> None:
        """Put an error into the story, as Twilio's debugger would show it."""
        with self.world.changing():
            self.leg.story.add("error", self.leg.sid, code=code, message=message)

    def _document(self, source: Source) -> Source | None:
        document = read_source(self.world, self.leg, source)
        if document is None:
            self._application_error()
        for verb in document.verbs:
            try:
                following = self._verb(verb, document)
            except TwimlFault as fault:
                self.note(fault.code, str(fault))
                self._application_error()
            if following == "end":
                return None
            if following != "on":
                return following
        return None

    def _verb(self, verb: Verb, document: Document) -> Next:
        if self.allowed is not None and verb.name not in self.allowed:
            self.note(12200, f"<{verb.name}> does not run on a callee's leg before it is bridged")
            return "on"
        is_bridge_answered = verb.name == "Dial" and self.is_first_verb and verb.flag("answerOnBridge")
        if verb.name not in _BEFORE_ANSWER and not is_bridge_answered:
            self.answer()
        with self.world.changing():
            self.leg.story.add(
                "verb", self.leg.sid, verb=verb.name, attributes=verb.attributes, text=verb.text
            )
        following = self.verbs[verb.name](self, verb, document)
        self.is_first_verb = False
        return following

    def _application_error(self) -> NoReturn:
        """Say what a caller hears when the application cannot be had, and end the call."""
        self.answer()
        with self.world.changing():
            self.leg.story.add(
                "played", self.leg.sid, kind="application_error", words="an application error has occurred"
            )
        self.attend(3.0)
        raise LegOver(CallStatus.COMPLETED)

    def _party_is_there(self) -> bool:
        """Tell whether somebody is on the line: a caller from the start, a callee from the answer on."""
        return self.leg.direction is Direction.INBOUND or self.leg.answered_tick is not None

    def _ending(self) -> CallStatus:
        return CallStatus.COMPLETED if self.leg.answered_tick is not None else CallStatus.NO_ANSWER

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


VerbFunction = Callable[[Walker, Verb, Document], Next]
