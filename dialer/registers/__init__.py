"""National preference registers: reading, loading and freshness."""
