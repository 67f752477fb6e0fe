-- Purpose: write down a clip, or what became of it, with its line in the ledger, in one act.
-- KEYS: 1 clip, 2 the call's clips, 3 clips by the end of their time, 4 ledger, 5 the line's entries.
-- ARGV: 1 clip id, 2 the clip's JSON, 3 the end of its time (Unix ms; '' where its sound is gone), 4 kind for
--       the ledger, 5 ledger JSON, 6 '1' where only a clip that is not there yet is written.
-- Returns: the stream id, or nil where it was there before (nothing written).
-- Invariant: a clip is found by its call, and comes up when its time is over, or it was never written.
if ARGV[6] == '1' and redis.call('EXISTS', KEYS[1]) == 1 then
  return nil
end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('SADD', KEYS[2], ARGV[1])
if ARGV[3] == '' then
  redis.call('ZREM', KEYS[3], ARGV[1])
else
  redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
end
local entry = redis.call('XADD', KEYS[4], '*', 'k', ARGV[4], 'd', ARGV[5])
redis.call('LPUSH', KEYS[5], entry)
redis.call('LTRIM', KEYS[5], 0, 9999)
return entry
