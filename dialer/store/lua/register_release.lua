-- Purpose: give back the right to load a register, if it is still ours.
-- KEYS: 1 lease. ARGV: 1 version.
-- Returns: 1 released, 0 not ours.
-- Invariant: nobody else's lease is ever ended.
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
