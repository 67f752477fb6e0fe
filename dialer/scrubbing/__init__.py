"""Whole lists judged by all rules: rows cut and numbers read many at a time, equal facts judged once."""
