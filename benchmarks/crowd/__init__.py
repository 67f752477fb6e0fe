"""A store as full as a busy centre's: very many lines with ten events each, for benchmarks to read."""
