-- Purpose: change one piece of configuration, bump the epoch and keep what it was for ever, in one act.
-- KEYS: 1 epoch, 2 the HASH it stands in, 3 the configuration's history.
-- ARGV: 1 epoch the writer believed ('' for any), 2 id, 3 JSON ('' removes it), 4 now (Unix µs),
--       5 name of the section for the history ('' keeps none), 6 when it counts from (Unix ms).
-- Returns: the new epoch, or -1 if somebody changed the configuration in between (nothing written).
-- Invariant: no configuration changes without a new epoch, and none comes twice, even after a restore: it
-- is at least the time. Whatever a judgement may rest on can be read again as it stood at any epoch.
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
if ARGV[5] ~= '' then
  redis.call('XADD', KEYS[3], '*', 's', ARGV[5], 'i', ARGV[2], 'd', ARGV[3], 'e', later, 't', ARGV[6])
end
return tonumber(later)
