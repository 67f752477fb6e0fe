"""Print figures by phenomenon and the bars: `python -m dialer.objections.hearing.evaluate FILE… [--kept]`."""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from pathlib import Path

from dialer.objections.hearing.hear import hear
from dialer.objections.hearing.heard import Heard, Outcome
from dialer.objections.hearing.labelled import Labelled, read_labelled

_WIDER = {"campaign": {"campaign", "org", "group"}, "line": {"line", "org", "group"}, "org": {"org", "group"}}
_ALL = frozenset({"calls", "texts", "email", "post"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled turn with what hearing said of it."""

    item: Labelled
    heard: Heard

    @property
    def is_wrongly_in_force(self) -> bool:
        """Whether the line was suppressed though the guide does not accept opt_out."""
        return self.heard.outcome is Outcome.IN_FORCE and "opt_out" not in self.item.accept

    @property
    def is_wrongly_held(self) -> bool:
        """Whether the line was held or suppressed though the guide does not accept opt_out."""
        return self.heard.outcome is not Outcome.NONE and "opt_out" not in self.item.accept

    @property
    def is_covered(self) -> bool:
        """Whether the scope and the channels heard are at least as wide as the person's words."""
        wide_enough = _WIDER.get(self.item.scope, {self.item.scope})
        heard = _ALL if self.heard.channels == ("all",) else frozenset(self.heard.channels)
        wanted = _ALL if "all" in self.item.channels else self.item.channels
        return self.heard.scope in wide_enough and heard >= wanted

    @property
    def is_missed(self) -> bool:
        """Whether an objection was not put in force, or narrower than the person's words."""
        is_heard = self.heard.outcome is Outcome.IN_FORCE and self.is_covered
        return self.item.label == "opt_out" and not is_heard

    @property
    def is_exact(self) -> bool:
        """Whether scope and channels are those of the guide."""
        return self.heard.scope == self.item.scope and frozenset(self.heard.channels) == self.item.channels


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures the bars are set on; shares from 0 to 1, None where there was nothing to count."""

    turns: int
    held: float | None
    in_force: float | None
    covered: float | None
    exact: float | None
    hard_in_force: float | None
    hard_held: float | None
    labels_right: float


def judge(items: Iterable[Labelled]) -> list[Judged]:
    """Hear every item, in order."""
    return [Judged(item, hear(item.text)) for item in items]


def figures(judged: list[Judged]) -> Figures:
    """Count the figures of the bars over judged turns."""
    objections = [one for one in judged if one.item.label == "opt_out"]
    held = [one for one in objections if one.heard.outcome is not Outcome.NONE]
    hard = [one for one in judged if one.item.group == "hard"]
    return Figures(
        turns=len(judged),
        held=_share(objections, lambda one: one.heard.outcome is not Outcome.NONE),
        in_force=_share(objections, lambda one: one.heard.outcome is Outcome.IN_FORCE),
        covered=_share(held, lambda one: one.is_covered),
        exact=_share(held, lambda one: one.is_exact),
        hard_in_force=_share(hard, lambda one: one.is_wrongly_in_force),
        hard_held=_share(
            hard, lambda one: one.heard.outcome is not Outcome.NONE and "opt_out" not in one.item.accept
        ),
        labels_right=_share(judged, lambda one: one.heard.label.value in one.item.accept) or 0.0,
    )


def _share(judged: list[Judged], is_counted: Callable[[Judged], bool]) -> float | None:
    return sum(map(is_counted, judged)) / len(judged) if judged else None


def by_phenomenon(judged: list[Judged]) -> dict[str, list[Judged]]:
    """Group judged turns by `group/phenomenon`, in order of name."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[f"{one.item.group}/{one.item.phenomenon}"].append(one)
    return dict(sorted(groups.items()))


def _print(judged: list[Judged], *, misses: bool) -> None:
    heads = [field.name.replace("_", " ") for field in fields(Figures)]
    print(f"{'':44}" + "".join(f"{head:>14}" for head in heads))
    for name, group in [*by_phenomenon(judged).items(), ("all", judged)]:
        turns, *shares = (getattr(figures(group), field.name) for field in fields(Figures))
        print(f"{name:44}{turns:>14}" + "".join(f"{_percent(share):>14}" for share in shares))
    for one in judged if misses else ():
        if one.is_missed or one.is_wrongly_in_force:
            item, heard = one.item, one.heard
            print(
                f"{item.phenomenon}: {item.label} {item.scope} {'+'.join(sorted(item.channels))}: {item.text}"
            )
            print(f"    heard {heard.outcome} {heard.scope} {'+'.join(heard.channels)} {heard.why}")


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


def main() -> None:
    """Read labelled files and print their figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--kept", action="store_true", help="only the third never trained or tuned on")
    parser.add_argument("--tuned", action="store_true", help="only the other two thirds")
    parser.add_argument("--misses", action="store_true", help="list what was heard wrongly")
    options = parser.parse_args()
    items = [item for path in options.files for item in read_labelled(path)]
    if options.kept or options.tuned:
        items = [item for item in items if item.is_kept == options.kept]
    _print(judge(items), misses=options.misses)


if __name__ == "__main__":
    main()
