"""What the benchmarks themselves are made of."""
