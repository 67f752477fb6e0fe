"""Doubles of what stands outside, real servers all of them."""
