"""The whole check-up in its order, with no check stopping another."""

from collections.abc import Iterator, Mapping

from dialer.checkup.disk import check_disk
from dialer.checkup.finding import Finding, Standing, red
from dialer.checkup.public_address import check_public_address
from dialer.checkup.registers import check_registers
from dialer.checkup.store import check_store
from dialer.checkup.twilio_account import check_twilio_account
from dialer.checkup.variables import check_variables
from dialer.clock import london_day
from dialer.errors import Misconfigured
from dialer.settings import Settings, read_settings
from dialer.wiring import wire


def check(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield every finding; with settings that cannot be read, only that one.

    `environment` is a copy taken before the secrets left it. Costs two round trips to the store.
    """
    try:
        settings = read_settings()
    except Misconfigured as fault:
        yield red("settings", fault.message, "see the settings in docs/running.md")
        return
    yield from check_variables(environment, settings)
    yield from check_disk(settings)
    yield from check_public_address(settings)
    yield from check_twilio_account(settings)
    yield from _check_kept(settings)


def _check_kept(settings: Settings) -> Iterator[Finding]:
    parts = wire(settings)
    store = list(check_store(parts))
    yield from store
    if all(finding.standing is not Standing.RED for finding in store):
        today = london_day(parts.clock())
        yield from check_registers(parts.registers.registers(), today=today)
