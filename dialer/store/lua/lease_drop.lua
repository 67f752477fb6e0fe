-- Purpose: give a lease back.
-- KEYS: 1 lease.
-- ARGV: 1 fencing number.
-- Returns: 1, or 0 if it was not ours any more.
-- Invariant: nobody gives back another's lease.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
