"""One turn read by the rules: its words, what was said, and which objections stand."""

from dataclasses import dataclass

from dialer.objections.hearing.acts import Act, Cover, acts_in, covers_in
from dialer.objections.hearing.rulebook import rulebook
from dialer.objections.hearing.spoken import Turn, listen
from dialer.objections.hearing.stance import Stance, stance_of


@dataclass(frozen=True, slots=True)
class Reading:
    """What rules make of a turn, before a judgement."""

    turn: Turn
    acts: tuple[Act, ...]
    frames: tuple[str, ...]
    covers: tuple[Cover, ...]
    stance: Stance

    @property
    def rule_names(self) -> tuple[str, ...]:
        """Name what was found, for the second opinion: objections standing and unsaid, other acts, frames."""
        standing = {act.rule.name for act in self.stance.standing}
        unsaid = {f"unsaid:{reason}" for _, reason in self.stance.unsaid}
        others = {act.rule.name for act in self.acts if act.rule.act != "objects"}
        return tuple(sorted(standing | unsaid | others | {f"frame:{name}" for name in self.frames}))


def reading_of(text: str) -> Reading:
    """Read a transcript by the rules; linear in its length."""
    turn = listen(text)
    book = rulebook()
    acts = acts_in(turn, book)
    covers = covers_in(turn, book)
    frames = tuple(sorted({cover.frame.name for cover in covers}))
    return Reading(turn, tuple(acts), frames, tuple(covers), stance_of(turn.read, acts, covers))
