"""Hearing the no: a transcript of what the called party said in, a judgement out.

`hear` is the whole door. The words lie in `words/`, the rules in `rules/`; the model card is docs/hearing.md.
"""

from dialer.objections.hearing.hear import hear
from dialer.objections.hearing.heard import CUT_SHORT, FOREIGN_STOP, LANGUAGE_UNCLEAR, Heard, Label, Outcome

__all__ = ["CUT_SHORT", "FOREIGN_STOP", "LANGUAGE_UNCLEAR", "Heard", "Label", "Outcome", "hear"]
