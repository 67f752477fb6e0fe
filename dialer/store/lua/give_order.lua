-- Purpose: keep an order to the telephone until it is carried out.
-- KEYS: 1 orders by when they are due, 2 since when each.
-- ARGV: 1 order, 2 due (Unix ms), 3 now (Unix ms).
-- Returns: {'DONE'} or, given before and nothing written, {'SEEN'}.
-- Invariant: an order that waits keeps its place and its age, however often it is given.
if redis.call('ZADD', KEYS[1], 'NX', ARGV[2], ARGV[1]) == 0 then
  return {'SEEN'}
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
return {'DONE'}
