-- Purpose: take a notice that cannot be read out of the way of the others, and keep it to be seen.
-- KEYS: 1 notice, 2 due, 3 notices by state.
-- ARGV: 1 notice id, 2 its new place among the dead, 3 the reason, then every place it may stand at now.
-- Returns: 1.
-- Invariant: one bad record stops no other, and is never thrown away.
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], unpack(ARGV, 4))
redis.call('ZADD', KEYS[3], 0, ARGV[2])
redis.call('HSET', KEYS[1], 'state', 'dead', 'last_reason', ARGV[3])
return 1
