-- Purpose: change one piece of configuration and bump the epoch, in one act.
-- KEYS: 1 epoch, 2 the HASH it stands in.
-- ARGV: 1 epoch the writer believed ('' for any), 2 id, 3 JSON ('' removes it), 4 now (Unix ms).
-- Returns: the new epoch, or -1 if somebody changed the configuration in between (nothing written).
-- Invariant: no configuration changes without a new epoch, and none comes twice, even after a restore: it
-- is at least the time.
local epoch = redis.call('GET', KEYS[1]) or '0'
if ARGV[1] ~= '' and ARGV[1] ~= epoch then
  return -1
end
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[2], ARGV[2])
else
  redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
end
local later = string.format('%.0f', math.max(tonumber(epoch) + 1, tonumber(ARGV[4])))
redis.call('SET', KEYS[1], later)
return tonumber(later)
