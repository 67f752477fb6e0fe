"""Cases written from the text of the law alone by somebody who had not read the judge, area by area.

A row is what it gives over the plain case of `building.py`, what must come of it, and `why`, a place in the
legal reference. `also` and `not` are codes anywhere in the verdict.
"""
