"""How wide the person's own words reach: scope and channels. In doubt wider, since narrower is an error."""

import re
from dataclasses import dataclass
from functools import cache

from dialer.objections.hearing.vocabulary import table

CHANNELS = ("calls", "texts", "email", "post")

_NUMBER = re.compile(r" (?:NUMBER|phone)(?= )")
_ALL_CHANNELS = re.compile(
    r" (?:CONTACT|CONTACTED|CONTACTING|BOTHER|BOTHERING|BOTHERED|MARKETING|contact|LIST|DETAILS|NAME|"
    r"CHASE|CHASING|hear|hearing|heard|nothing|do not anything)(?= )"
)
_ONE_LIST = re.compile(r" (?:your|the|this|that) (EMAIL|TEXT)S? LIST ")
_BOTH_LINES = re.compile(r" (?:either|both|any of)(?: \w+)? (?:lines?|NUMBER|phones?|mobile|landline) ")
_JOINED = re.compile(
    r" (?:(?:or|nor) (?:RING|TEXT|EMAIL|WRITE|RINGING|TEXTING|EMAILING)|"
    r"(?:or|nor|and|and no|no) (?:any )?(?:CALLS|TEXTS|EMAILS|LETTERS))(?= )"
)
"""A second channel named in the same breath: "no more texts or calls"."""
_FINE = re.compile(r" (?:use|fine|instead|okay|ok|alright|only|all right|but not)(?= )")
_OR_ANYTHING = re.compile(r" or any(?:thing)?(?: else| other| again| at all)(?= )")


@dataclass(frozen=True, slots=True)
class _Tables:
    group: re.Pattern[str]
    line: re.Pattern[str]
    topic: re.Pattern[str]
    else_fine: re.Pattern[str]
    names: dict[str, re.Pattern[str]]
    allows: dict[str, re.Pattern[str]]


_AGAINST = re.compile(r" (?:not|no|never|nor|STOP|STOPPED|without|off|REMOVE|REMOVED|enough|end|full)(?= )")
_AGAINST_REACHES = 7


def places_against(read: str) -> list[tuple[int, int]]:
    """Give where a turn that no rule knows says no: each such word, and the words it may be about."""
    return [
        (
            found.start() + 1,
            min(len(read), found.end() + len(" ".join(read[found.end() :].split()[:_AGAINST_REACHES])) + 2),
        )
        for found in _AGAINST.finditer(read)
    ]


def channels_unnamed(read: str, places: list[tuple[int, int]]) -> tuple[str, ...]:
    """Name the channels of an objection no rule knows: those it says no to, else calls if it names them."""
    known = _tables()
    refused = [_found("words", f" {read[start:end]} ", known) for start, end in places]
    named = set().union(*refused)
    if not named and known.names["calls"].search(read) and not _ALL_CHANNELS.search(read):
        named = {"calls"}
    return tuple(name for name in CHANNELS if name in named) or ("all",)


def channels_of(read: str, objections: list[tuple[str, str, str]]) -> tuple[str, ...]:
    """Name the channels of the objections that stand: of each its rule's channel, its words, those after it.

    The widest wins: two objections add up, and one that names no channel covers all.
    """
    known = _tables()
    named: set[str] = set()
    for channel, named_first, after in objections:
        joined = _JOINED.match(after)
        words = f"{named_first}{joined.group().strip()} " if joined else named_first
        found = _found(channel, words, known)
        if not found and channel in {"words", "told"} and not _ALL_CHANNELS.search(words):
            found = _found(channel, after, known)
        if not found:
            one = _ONE_LIST.search(read)
            return ("all",) if one is None else ("email",) if one.group(1) == "EMAIL" else ("texts",)
        named |= found
    allowed = {name for name in named if known.allows[name].search(read)}
    if named - allowed:
        named -= allowed
    return tuple(name for name in CHANNELS if name in named)


def _found(channel: str, words: str, known: _Tables) -> set[str]:
    """Name the channels of one objection; the empty set means all of them."""
    said = {name for name in CHANNELS if known.names[name].search(words)}
    if channel == "number":
        return {"calls", "texts"} if _NUMBER.search(words) or not _ALL_CHANNELS.search(words) else set()
    if channel == "calls":
        return set() if not said or _ALL_CHANNELS.search(words) else said | {"calls"}
    if channel == "told":
        # "I replied stop to your text": how it was said before is not what it was about.
        said = said if "calls" in said else set()
    if channel == "all" or _ALL_CHANNELS.search(words):
        return set()
    return said or ({"calls", "texts"} if _NUMBER.search(words) else set())


def scope_of(read: str, places: list[tuple[int, int]], *, is_named: bool = True) -> str:
    """Name the scope, the narrowest the words clearly say and `org` when they say none.

    `places` are where the objections that stand begin and end. A line counts as fine to ring only when it is
    named outside them: "don't ring my mobile" alone is no permission for another line. Where no rule names
    the objection (`is_named`) its place is a guess, and another line must be called fine in so many words.
    """
    known = _tables()
    if known.group.search(read):
        return "group"
    objections = [_around(read, *place) for place in places]
    other_lines = (found.start() + 1 for found in known.line.finditer(read))
    is_fine = is_named or _FINE.search(read) is not None
    if is_fine and any(not _within(at, places) for at in other_lines) and not _BOTH_LINES.search(read):
        return "line"
    if any(_OR_ANYTHING.search(words) for words in objections):
        return "org"
    names_topic = any(known.topic.search(words) for words in objections)
    if names_topic or (known.else_fine.search(read) and known.topic.search(read)):
        return "campaign"
    return "org"


def _around(read: str, start: int, end: int) -> str:
    """Give an objection with the ten words after it, where its topic is named."""
    return f"{read[max(0, start - 1) : end]}{' '.join(read[end:].split(' ')[:11])} "


def _within(at: int, places: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in places)


@cache
def _tables() -> _Tables:
    said = table("rules", "scope")
    fine = said["macros"]["fine"]
    topics = "|".join(said["topics"])
    return _Tables(
        group=_any(said["group"]),
        line=_any(said["line"]),
        topic=_any([pattern.replace("{topics}", topics) for pattern in said["topic"]]),
        else_fine=_any(said["else_fine"]),
        names={name: _any([words]) for name, words in said["names"].items()},
        allows={name: _any([words.replace("{fine}", fine)]) for name, words in said["allows"].items()},
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(f" (?:{'|'.join(patterns)})(?= )")
