"""The United Kingdom's decision table read a second time, from the text alone, to be compared with the judge.

Straight-line code over the JSON of a case: no reading here imports `dialer.law` or the judge, so a slip made
once is not made twice. Slow and plain on purpose.
"""
