"""Holds what the outside was told against what the witness read: permits, and each answer to each webhook."""

from collections import defaultdict

from tests.simulation.rush.told import UNAVAILABLE, Hook, dialled
from tests.simulation.rush.witness import Witness


def spent_twice(witness: Witness) -> list[str]:
    """Say which permits were used more than once, or after their line had changed."""
    wrong: list[str] = []
    uses: dict[str, list[str]] = defaultdict(list)
    by_call = {d.fields["call_ref"]: d for d in witness.decisions.values() if d.fields.get("dials")}
    for spent in set(witness.told.spent):
        uses[spent.permit].append(f"{spent.how} {spent.ref}")
    for permit, how in uses.items():
        _, decision = witness.told.permits[permit]
        minted = witness.decisions[decision].changes
        if len(how) > 1:
            wrong.append(f"the permit of {decision} was spent {len(how)} times: {how}")
        for _, _, ref in (use.partition(" ") for use in how):
            found = by_call.get(ref) or witness.decisions.get(ref)
            # A dial counts itself; what rings an agent does not.
            after = found.changes - bool(found.fields.get("dials")) if found else minted
            if after != minted:
                wrong.append(f"the permit of {decision} was spent {after - minted} changes of its line later")
    for decision, ref, changes in witness.redeemed:
        if changes - 1 != witness.decisions[decision].changes:
            wrong.append(f"{decision} was redeemed by {ref} after its line had changed")
    redeemed = [decision for decision, _, _ in witness.redeemed]
    return wrong + [f"{one} was redeemed twice" for one in set(redeemed) if redeemed.count(one) > 1]


def answers_wrong(witness: Witness) -> list[str]:
    """Say which webhooks got an answer they must not have got: a dial of nobody's, or two that differ."""
    return [
        f"{hook.call_ref}: {why}" for hook in witness.told.hooks.values() for why in _wrong(hook, witness)
    ]


def _wrong(hook: Hook, witness: Witness) -> list[str]:
    kept = [d for d in witness.decisions.values() if d.fields.get("call_ref") == hook.call_ref]
    dials = {answer for answer in hook.answers if dialled(answer)}
    wrong = [f"{len(kept)} decisions on one request"] if len(kept) > 1 else []
    wrong += ["answers that dial and differ"] if len(dials) > 1 else []
    for answer in dials:
        if not any(d.fields["id"] == dialled(answer) and d.fields["dials"] for d in kept):
            wrong.append("a dial without its ledger line")
    if not kept:
        return wrong
    (decision, *_) = kept
    refusals = {a for a in hook.answers if not dialled(a) and UNAVAILABLE not in a}
    if not decision.fields["dials"]:
        return wrong + (["refusals of one request that differ"] if len(refusals) > 1 else [])
    has_changed = witness.lines[hook.line].changes != decision.changes
    return wrong + (["a refusal, though nothing had changed"] if refusals and not has_changed else [])


def last_wrong(hook: Hook, answer: str, witness: Witness) -> str | None:
    """Say what is wrong with an answer that came once all was quiet; None if nothing is."""
    kept = [d for d in witness.decisions.values() if d.fields.get("call_ref") == hook.call_ref]
    if not kept or UNAVAILABLE in answer:
        return None
    decision = kept[0]
    if not decision.fields["dials"]:
        first = next((a for a in hook.answers if UNAVAILABLE not in a), answer)
        return None if answer == first else f"{hook.call_ref}: another refusal than before"
    has_changed = witness.lines[hook.line].changes != decision.changes
    if has_changed:
        return f"{hook.call_ref}: dials again after a change" if dialled(answer) else None
    if dialled(answer) != decision.fields["id"]:
        return f"{hook.call_ref}: does not dial again though nothing has changed"
    return None
