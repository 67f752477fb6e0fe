"""Everything kept in Redis; nothing else speaks to it."""
