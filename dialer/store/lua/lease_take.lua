-- Purpose: take a lease, and with it a number higher than any holder before had.
-- KEYS: 1 lease, 2 fence.
-- ARGV: 1 how long it lasts (ms).
-- Returns: the fencing number, or 0 if somebody holds the lease.
-- Invariant: no number is given out twice.
if redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
local number = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], number, 'PX', ARGV[1])
return number
