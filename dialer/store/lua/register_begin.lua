-- Purpose: take the right to load a register, and a version name nobody used before.
-- KEYS: 1 lease, 2 ordinal, 3 versions that may be deleted.
-- ARGV: 1 version's prefix (the day of extraction), 2 lease (ms), 3 earliest deletion if never live (Unix ms).
-- Returns: {ordinal, version}, or {0, version being loaded} when somebody else holds the lease.
-- Invariant: every version that may come to hold pages is on the list of those to delete before it holds one.
local holder = redis.call('GET', KEYS[1])
if holder then
  return {0, holder}
end
local ordinal = redis.call('INCR', KEYS[2])
local version = ARGV[1] .. '-' .. ordinal
redis.call('SET', KEYS[1], version, 'PX', ARGV[2])
redis.call('ZADD', KEYS[3], ARGV[3], version)
return {ordinal, version}
