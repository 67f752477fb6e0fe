"""The statute book: which packs there are, which rules apply to a kind of request, and which version it is.

The version is a hash of every rule and figure, so it changes with any of them and with nothing else, and a
decision that names it can be judged again by the same book.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import chain
from typing import Final, Self

from dialer.law import destination, house_rules, inputs
from dialer.law.asked import Asked
from dialer.law.pack import NationalPack
from dialer.law.rule import Phase, Rule, Setting
from dialer.law.uk.pack import uk_pack

_SOURCES: Final = (".py", ".toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatuteBook:
    """The packs to judge by; `home` is the floor where no other pack answers for the number's country.

    `default_region` reads numbers written without a country; `drama_mobiles` takes Ofcom's drama numbers
    as valid, for demonstrations only.
    """

    home: NationalPack
    packs: tuple[NationalPack, ...]
    default_region: str
    drama_mobiles: bool
    version: str
    _chosen: dict[tuple[str, Setting, int], tuple[Rule, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _changes: dict[str, list[date]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def shipped(
        cls, *, default_region: str = "GB", drama_mobiles: bool = False, packs: tuple[NationalPack, ...] = ()
    ) -> Self:
        """Return the book this release is delivered with, and any further national packs given."""
        home = uk_pack()
        return cls(
            home=home,
            packs=(home, *packs),
            default_region=default_region,
            drama_mobiles=drama_mobiles,
            version=version_of(
                ("dialer.law", *(package for pack in (home, *packs) for package in pack.packages))
            ),
        )

    def pack_for(self, asked: Asked) -> NationalPack | None:
        """Return the pack of the number's country; the home pack for an address; None if there is none."""
        if asked.number is None:
            return self.home
        for pack in self.packs:
            if asked.number.country_code in pack.country_codes:
                return pack
        return None

    def rules_for(self, pack: NationalPack, setting: Setting, day: date) -> tuple[Rule, ...]:
        """Return the rules in force on `day` that apply to a kind of request, in the order of the phases."""
        changes = self._changes.get(pack.name)
        if changes is None:
            changes = self._changes[pack.name] = sorted({rule.in_force_from for rule in all_rules(pack)})
        # Between two days on which a rule came into force none changes, so those days share one choice.
        key = pack.name, setting, bisect_right(changes, day)
        rules = self._chosen.get(key)
        if rules is None:
            rules = tuple(
                rule for rule in all_rules(pack) if rule.covers(setting) and rule.in_force_from <= day
            )
            self._chosen[key] = rules
        return rules


def all_rules(pack: NationalPack) -> tuple[Rule, ...]:
    """Return the engine's, the pack's and the house's rules, in the order of the phases.

    Within a phase the law speaks before house policy, but who is never contacted at all comes first.
    """
    house_names = {rule.name for rule in house_rules.RULES if rule.phase is not Phase.NO_CONTACT}
    rules = chain(inputs.RULES, destination.RULES, house_rules.RULES, pack.rules)
    return tuple(sorted(rules, key=lambda rule: (rule.phase, rule.name in house_names)))


@cache
def version_of(packages: tuple[str, ...]) -> str:
    """Return a hash of all rules and figures in these packages; reads them once."""
    digest = sha256()
    for package in sorted(set(packages)):
        sources = {entry.name: entry for entry in files(package).iterdir() if entry.name.endswith(_SOURCES)}
        for name in sorted(sources):
            digest.update(name.encode() + b"\0" + sources[name].read_bytes() + b"\0")
    return f"uk-{digest.hexdigest()[:16]}"
