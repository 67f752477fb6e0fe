"""The way back through the network: what each weight had to do with how wrong an answer was."""

import numpy as np

from dialer.objections.hearing.meaning.layers import STEPS, WIDTH, LeftOut, Numbers, Trace, Weights


def backward(
    weights: Weights, trace: Trace, entry: Numbers, mask: Numbers, left_out: LeftOut, wrong: Numbers
) -> tuple[Weights, Numbers]:
    """Give the slope of the loss by every weight, and by `entry`; `wrong` is its slope by the answers."""
    there = mask[..., None]
    slopes: Weights = {"answer": trace.read.T @ wrong, "answer_bias": wrong.sum(0)}
    read = (wrong @ weights["answer"].T) * left_out.read * (trace.read > 0)
    slopes["read"], slopes["read_bias"] = trace.whole.T @ read, read.sum(0)
    whole = (read @ weights["read"].T) * left_out.whole
    shared = whole[:, WIDTH:] / mask.sum(1)[:, None]
    hidden: Numbers = np.repeat(shared[:, None], mask.shape[1], axis=1).astype(whole.dtype)
    rows, numbers = np.arange(len(mask))[:, None], np.arange(WIDTH)[None]
    hidden[rows, trace.tops, numbers] += whole[:, :WIDTH]
    for at in reversed(range(len(STEPS))):
        hidden = _through_look(weights, at, trace, hidden * there, left_out.layers[at], slopes)
    first = hidden * there * (1 - trace.first**2)
    flat = first.reshape(-1, WIDTH)
    slopes["entry"] = entry.reshape(-1, entry.shape[-1]).T @ flat
    slopes["entry_bias"] = flat.sum(0)
    by_entry: Numbers = first @ weights["entry"].T
    return slopes, by_entry


def _through_look(
    weights: Weights, at: int, trace: Trace, hidden: Numbers, kept: Numbers, slopes: Weights
) -> Numbers:
    """Go back through one layer; adds its slopes, gives the slope by what came into it."""
    layer, step, length = trace.layers[at], STEPS[at], hidden.shape[1]
    change = hidden * kept
    proposed = change * layer.let_in
    let_in = change * layer.proposed * layer.let_in * (1 - layer.let_in)
    both = np.concatenate([proposed, let_in], -1)
    flat = both.reshape(-1, 2 * WIDTH)
    kernel = weights[f"look{at}"]
    slopes[f"look{at}"] = np.stack([seen.reshape(-1, WIDTH).T @ flat for seen in layer.seen])
    slopes[f"look{at}_bias"] = flat.sum(0)
    wide = np.zeros((len(both), length + 2 * step, WIDTH), np.float32)
    wide[:, :length] += both @ kernel[0].T
    wide[:, 2 * step :] += both @ kernel[2].T
    back: Numbers = hidden + both @ kernel[1].T + wide[:, step : step + length]
    return back
