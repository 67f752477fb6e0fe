"""The United Kingdom's rule pack: PECR 2003, UK GDPR, Ofcom and FCA rules, and the industry's hours."""

from datetime import date
from functools import cache

from dialer.law.pack import NationalPack
from dialer.law.parameters import Parameters, parameters_on
from dialer.law.uk import (
    calling_hours,
    fca,
    gdpr,
    ofcom,
    pecr_19,
    pecr_21,
    pecr_21a_21b,
    pecr_22_23,
    pecr_24,
    purposes,
)
from dialer.law.uk.obligations import obligations
from dialer.law.uk.regime import regime_on

COUNTRY_CODE = 44
_FIGURES = ("dialer.law:house_parameters.toml", "dialer.law.uk:parameters.toml")


def uk_parameters_on(day: date) -> Parameters:
    """Return the figures in force in the United Kingdom on a civil day."""
    return parameters_on(day, *_FIGURES)


@cache
def uk_pack() -> NationalPack:
    """Return the pack. Within a phase the order here is the order failures are reported in."""
    return NationalPack(
        name="uk",
        country_codes=frozenset({COUNTRY_CODE}),
        rules=(
            *purposes.RULES,
            *pecr_24.RULES,
            *gdpr.RULES,
            *fca.RULES,
            *pecr_19.RULES,
            *pecr_21a_21b.RULES,
            *pecr_21.RULES,
            *pecr_22_23.RULES,
            *calling_hours.RULES,
            *ofcom.RULES,
        ),
        parameters_on=uk_parameters_on,
        regime_on=lambda day: regime_on(day, uk_parameters_on(day)),
        obligations=obligations,
        packages=("dialer.law.uk",),
    )
