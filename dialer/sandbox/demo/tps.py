"""Makes an invented TPS or CTPS file in the operator's fixed-width layout A (with spaces, CR LF).

`python -m dialer.sandbox.demo.tps OUT --rows 100000 --seed 1 [--register ctps]`
Bulk rows lie under 01632, an area code that no place has; the chosen ones are drama numbers.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from dialer.sandbox.demo.callees import CTPS_LISTED, TPS_LISTED, national

_NOBODYS: Final = range(1632000000, 1633000000)
# 01632 960xxx are drama numbers, kept out of the bulk so that a demonstration may choose who is listed.
_DRAMA: Final = range(1632960000, 1632961000)
_CHOSEN: Final = {"tps": TPS_LISTED, "ctps": CTPS_LISTED}
_CODE_WIDTH: Final = 5
_REST_WIDTH: Final = 7


def rows(register: str, count: int, seed: int) -> Iterator[str]:
    """Yield `count` rows in numeric order, the chosen ones among them; at most 999,000."""
    chosen = set(_CHOSEN[register])
    pool = [number for number in _NOBODYS if number not in _DRAMA]
    invented = random.Random(f"{register} {seed}")  # noqa: S311 - repeatable is what is wanted here
    bulk = invented.sample(pool, max(0, count - len(chosen)))
    return map(row, sorted([*chosen, *bulk]))


def row(number: int) -> str:
    """Return one record of layout A: code to the left of five characters, the rest to the right of seven."""
    text = national(number)
    code = (
        text[:4] if text.startswith(("02", "011", "01214", "01314", "01414", "01514", "01614")) else text[:5]
    )
    return f"{code:<{_CODE_WIDTH}}{text[len(code) :]:>{_REST_WIDTH}}"


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--rows", "count", type=click.IntRange(200, 999_000), default=100_000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--register", type=click.Choice(sorted(_CHOSEN)), default="tps", show_default=True)
def main(out: Path, count: int, seed: int, register: str) -> None:
    """Write an invented register file to OUT."""
    with out.open("w", encoding="ascii", newline="\r\n") as file:
        file.writelines(f"{line}\n" for line in rows(register, count, seed))


if __name__ == "__main__":
    main()
