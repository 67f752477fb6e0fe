-- Purpose: take the right to add washes, and ordinals for them that nobody used before.
-- KEYS: 1 lease, 2 ordinal. ARGV: 1 how many washes, 2 lease (ms).
-- Returns: the first ordinal, or 0 while somebody else has the right.
-- Invariant: an ordinal is given out once, whether its wash ever counts or not.
if redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
local first = redis.call('INCRBY', KEYS[2], ARGV[1]) - ARGV[1] + 1
redis.call('SET', KEYS[1], first, 'PX', ARGV[2])
return first
