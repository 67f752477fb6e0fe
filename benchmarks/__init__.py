"""Benchmarks: each measures its floor and its peers in the same run, and prints ratios; times are noise."""
