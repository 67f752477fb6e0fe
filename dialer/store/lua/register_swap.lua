-- Purpose: put a loaded version in force, in one act: from here on every reader sees it whole.
-- KEYS: 1 lease, 2 live registers, 3 snapshots, 4 versions that may be deleted.
-- ARGV: 1 register, 2 version, 3 version it replaces ('' none), 4 ordinal, 5 snapshot JSON,
--       6 earliest deletion of the replaced one (Unix ms), 7 version whose keys hold its pages.
-- Returns: 1, or 0 when the lease is lost or another version went live meanwhile (nothing written).
-- Invariant: the live version is never on the list of those to delete.
local live = redis.call('HGET', KEYS[2], ARGV[1]) or ''
if redis.call('GET', KEYS[1]) ~= ARGV[2] or live ~= ARGV[3] then
  return 0
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[3], ARGV[4], ARGV[5])
redis.call('ZREM', KEYS[4], ARGV[2])
if ARGV[3] ~= '' then
  redis.call('ZADD', KEYS[4], ARGV[6], ARGV[7])
end
redis.call('DEL', KEYS[1])
return 1
