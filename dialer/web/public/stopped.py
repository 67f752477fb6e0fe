"""Who is stopped by a public form: one organisation, or everybody who dials here."""

from dataclasses import dataclass

from dialer.errors import NotFound
from dialer.screening.configuration import Configuration


@dataclass(frozen=True, slots=True)
class Stopped:
    """Who is stopped: their names as a reader knows them, and each as a no names it."""

    names: tuple[str, ...]
    principals: tuple[str, ...]
    operators: tuple[str, ...]

    @property
    def owners(self) -> tuple[tuple[str | None, str | None], ...]:
        """Return each as a no names it: its principal, or its operator."""
        return *((name, None) for name in self.principals), *((None, name) for name in self.operators)


def stopped_by(organisation: str | None, configuration: Configuration) -> Stopped:
    """Return who is meant, None being everybody who dials here; raises NotFound for nobody.

    Whom a call centre calls for is nobody else's business, so everybody is told of by who dials.
    """
    dialling = {c.operator for c in configuration.campaigns.values() if c.operator}
    marketing = {c.principal for c in configuration.campaigns.values()}
    if organisation is None:
        return _everybody(sorted(dialling), configuration)
    found = configuration.organisations.get(organisation)
    if found is None or not found.legal_name:
        raise NotFound("nobody of that name calls from here; the page /stop stops everybody who does")
    names = tuple(dict.fromkeys((found.legal_name, *found.trading_names)))
    only_dials = organisation in dialling - marketing
    return Stopped(names, (), (organisation,)) if only_dials else Stopped(names, (organisation,), ())


def _everybody(dialling: list[str], configuration: Configuration) -> Stopped:
    found = (configuration.organisations.get(operator) for operator in dialling)
    names = tuple(o.legal_name for o in found if o is not None and o.legal_name)
    if not names:
        raise NotFound("nobody calls from here")
    return Stopped(names, (), tuple(dialling))
