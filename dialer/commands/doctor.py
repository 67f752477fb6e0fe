"""`ringfence doctor`: looks at everything that a start or a shift depends on, and says what to do."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict

import click

from dialer.checkup.check import check
from dialer.checkup.finding import Finding, Standing

COLOURS = {Standing.GREEN: "green", Standing.AMBER: "yellow", Standing.RED: "red", Standing.REMINDER: "cyan"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document, for scripts.")
def doctor(as_json: bool) -> None:
    """Check the installation and say what to do; exit 1 if anything is red."""
    findings = list(check(dict(os.environ)))
    is_well = all(finding.standing is not Standing.RED for finding in findings)
    if as_json:
        click.echo(
            json.dumps({"ok": is_well, "findings": [asdict(finding) for finding in findings]}, indent=2)
        )
    else:
        _print(findings)
    raise SystemExit(0 if is_well else 1)


def _print(findings: Sequence[Finding]) -> None:
    width = max(len(finding.subject) for finding in findings)
    for finding in findings:
        label = click.style(f"{finding.standing.value:<8}", fg=COLOURS[finding.standing])
        click.echo(f"{label}  {finding.subject:<{width}}  {finding.says}")
        if finding.advice:
            click.echo(f"{'':8}  {'':<{width}}  → {finding.advice}")
