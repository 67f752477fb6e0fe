"""Walking documents on one leg, verb by verb."""

from collections.abc import Callable, Mapping
from typing import Literal, NoReturn

from dialer.sandbox.asking import ask, read_source
from dialer.sandbox.exchange.leg import CallStatus, Fetch, Leg, Source
from dialer.sandbox.twiml.attending import Attendant, LegOver, Redirected
from dialer.sandbox.twiml.document import Document, TwimlFault, Verb
from dialer.sandbox.world import World

# A document that redirects to itself for ever is cut off here.
MOST_DOCUMENTS = 200
# Verbs that do not answer an incoming call when they come first. Source: twilio.md section 1.2.
_BEFORE_ANSWER = frozenset({"Reject", "Redirect", "Pause"})
Next = Source | Literal["on", "end"]


class Walker(Attendant):
    """Runs documents on one leg, in the leg's own thread."""

    def __init__(
        self,
        world: World,
        leg: Leg,
        verbs: "Mapping[str, VerbFunction]",
        *,
        allowed: frozenset[str] | None = None,
    ) -> None:
        super().__init__(world, leg)
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

    def tell_at_the_end(self, action: Fetch) -> None:
        """Ask an action although the call is over: CallStatus is completed, the answer is not run."""
        try:
            ask(self.world, self.leg, action, status=CallStatus.COMPLETED)
        except TwimlFault as fault:
            self.note(fault.code, str(fault))

    def _document(self, source: Source) -> Source | None:
        document = read_source(self.world, self.leg, source)
        self.moment = self.world.tempo.now()
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

    def _ending(self) -> CallStatus:
        return CallStatus.COMPLETED if self.leg.answered_tick is not None else CallStatus.NO_ANSWER


VerbFunction = Callable[[Walker, Verb, Document], Next]
