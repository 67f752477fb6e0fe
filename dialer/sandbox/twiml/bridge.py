"""Where the legs of one Dial meet: who answered first, who talks to whom, and whether it is over."""

from dialer.sandbox.exchange.leg import Finish, Leg
from dialer.sandbox.recorder import finish_recording
from dialer.sandbox.world import World


class Bridge:
    """One Dial's meeting point; every method takes the world's lock."""

    def __init__(self, world: World, parent: Leg) -> None:
        self._world = world
        self._parent = parent
        self.children: list[Leg] = []
        self.winner: Leg | None = None
        self.is_bridged = False
        self.was_redirected = False

    def is_settled(self) -> bool:
        """Tell whether somebody is bridged or nobody can be any more."""
        return self.is_bridged or self.is_over()

    def is_over(self) -> bool:
        """Tell whether no child has any part in this Dial any more."""
        return self.was_redirected or all(child.is_over for child in self.children)

    def claim(self, child: Leg) -> bool:
        """Let `child` be the one that answered; false if another was first, else the others stop ringing."""
        with self._world.changing():
            if self.winner is not None:
                return False
            self.winner = child
            for other in self.children:
                if other is not child and not other.is_over:
                    other.order = Finish()
            return True

    def join(self, child: Leg) -> None:
        """Let the child and the parent hear each other."""
        with self._world.changing():
            child.peer, self._parent.peer = self._parent, child
            self.is_bridged = True
            child.story.add("bridged", child.sid, with_call=self._parent.sid)

    def leave(self, child: Leg) -> None:
        """Take the child out, because it was sent elsewhere; the Dial is over, the child goes on."""
        with self._world.changing():
            self.was_redirected = self.winner is child
            self._part(child)
            for recording in child.recordings:
                if recording.source == "DialVerb":
                    finish_recording(self._world, child.story, recording)

    def end(self) -> None:
        """End every child that still belongs to this Dial."""
        with self._world.changing():
            for child in self.children:
                if not child.is_over and not (self.was_redirected and child is self.winner):
                    child.order = Finish()
                    self._part(child)

    def _part(self, child: Leg) -> None:
        if child.peer is self._parent:
            child.peer = None
            self._parent.peer = None
