-- Purpose: send a notice off again because a person asked for it.
-- KEYS: 1 notice, 2 due, 3 notices by state.
-- ARGV: 1 notice id, 2 its place in the index, 3 its new place, 4 due (Unix ms),
--       then the notice's fields and values in turn.
-- Returns: 'DONE', or 'MOVED' (the notice is not where it was; nothing written).
-- Invariant: a notice stands in the index once.
if redis.call('ZREM', KEYS[3], ARGV[2]) == 0 then
  return 'MOVED'
end
redis.call('ZADD', KEYS[3], 0, ARGV[3])
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], unpack(ARGV, 5))
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1])
return 'DONE'
