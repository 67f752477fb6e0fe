"""Mutation testing of the law: one small wrong change at a time, and whether the tests notice.

Our own, because mutmut leaves out what stands outside functions or under a decorator (the tables of rules,
the cached civil days) and neither it nor cosmic-ray changes figures in TOML: half of this law is there.
"""
