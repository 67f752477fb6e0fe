"""The final stance of a turn: which objections still stand once it has been heard to its end."""

import re
from dataclasses import dataclass

from dialer.objections.hearing.acts import Act, Cover

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_TIME = re.compile(
    r"(?: (?:me|us|him|her|here|back|again|this NUMBER|this phone|(?:my|the)(?: \w+){1,2}))* "
    r"(?:now (?:i|we|he|she|it|because|as|the|KIN)|today|tonight|tomorrow|yet|before|after|till|until|while|"
    r"at the moment|this (?:week|morning|afternoon|evening)|during|"
    rf"on (?:a )?(?:{_DAY}|weekends)|"
    r"at (?:tea ?time|dinner|lunch|night|weekends?|work|the weekend|this time)|"
    r"when (?:i am|he is|she is|KIN|we are|my)|in the (?:mornings?|evenings?|day|week|afternoon)|"
    r"over (?:christmas|the weekend|easter)|so (?:early|late))(?= )"
)
_LATER = re.compile(
    r" (?:RING|CONTACT|try|ask for|make it|catch)(?: (?:me|us|him|her|my \w+|back|again|then))* "
    rf"(?:back|later|tomorrow|tonight|after|next|{_DAY}|in (?:an|half|ten|a|the)|at (?:the )?\w+|then|"
    r"of an evening|when|another|this|on|instead)(?= )"
)
_HERE_TO_STAY = re.compile(
    r" (?:again|any more|ever|never|no more|any longer|for good|at all hours|every)(?= )"
)


@dataclass(frozen=True, slots=True)
class Stance:
    """Objections that stand and those unsaid, with the reason each was unsaid."""

    standing: tuple[Act, ...]
    unsaid: tuple[tuple[Act, str], ...]
    is_put_off: bool


def stance_of(read: str, acts: list[Act], covers: list[Cover]) -> Stance:
    """Judge each objection by the frames around it, by what takes it back later, and by times named."""
    standing: list[Act] = []
    unsaid: list[tuple[Act, str]] = []
    is_put_off = False
    for act in acts:
        if act.rule.act != "objects":
            continue
        frame = _unsaying(act, covers)
        if frame is not None:
            unsaid.append((act, frame))
        elif act.rule.yields and _is_only_for_now(read, act):
            is_put_off = True
            unsaid.append((act, "names-a-time"))
        else:
            standing.append(act)
    return Stance(tuple(standing), tuple(unsaid), is_put_off)


def _unsaying(act: Act, covers: list[Cover]) -> str | None:
    for cover in covers:
        if cover.frame.kind == "retracts":
            if act.start < cover.start and act.end <= cover.end:
                return cover.frame.name
        elif cover.start <= act.start < cover.until or (
            act.start <= cover.start < act.end and cover.end >= act.end
        ):
            return cover.frame.name
    return None


def _is_only_for_now(read: str, act: Act) -> bool:
    said = read[act.start : act.end + 1]
    if _HERE_TO_STAY.search(read, max(0, act.start - 1), min(len(read), act.end + 12)):
        return False
    return bool(_TIME.match(read, act.end) or _TIME.search(f" {said}") or _LATER.search(read, act.end))
