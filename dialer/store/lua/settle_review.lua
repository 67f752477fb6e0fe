-- Purpose: settle what waited for a second person: put it in force or turn it down, in one act.
-- KEYS: 1 review, 2 open reviews, 3 settled reviews, 4 ledger, 5 epoch, 6 notices by state, then per line: line,
--       its entries; then per notice: notice, due.
-- ARGV: 1 review id, 2 its JSON as read, 3 its JSON as settled, 4 its place among the settled, 5 kind for the
--       ledger, 6 ledger JSON, 7 epoch as read ('' any), 8 field it waited in, 9 field it goes to ('' none),
--       10 its value there, 11 number of lines, then per line: seq as read; then per notice: id, due (Unix ms),
--       member of the index by state, number of its fields, then that many names and values in turn.
-- Returns: {'DONE', stream id} or {'CHANGED'} (nothing written).
-- Invariant: a review is settled once; what it does stands on each of its lines or on none, and rests on the
--            lines as they are now: no no came in between.
local lines = tonumber(ARGV[11])
local changed = redis.call('GET', KEYS[1]) ~= ARGV[2]
  or (ARGV[7] ~= '' and (redis.call('GET', KEYS[5]) or '0') ~= ARGV[7])
for i = 1, lines do
  changed = changed or (redis.call('HGET', KEYS[5 + 2 * i], 'seq') or '0') ~= ARGV[11 + i]
end
if changed then
  return {'CHANGED'}
end
redis.call('SET', KEYS[1], ARGV[3])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZADD', KEYS[3], 0, ARGV[4])
local entry = redis.call('XADD', KEYS[4], '*', 'k', ARGV[5], 'd', ARGV[6])
for i = 1, lines do
  local line, entries = KEYS[5 + 2 * i], KEYS[6 + 2 * i]
  redis.call('HDEL', line, ARGV[8])
  if ARGV[9] ~= '' then
    redis.call('HSET', line, ARGV[9], ARGV[10])
  end
  redis.call('HINCRBY', line, 'seq', 1)
  redis.call('LPUSH', entries, entry)
  redis.call('LTRIM', entries, 0, 9999)
end
local key, i = 7 + 2 * lines, 12 + lines
while i <= #ARGV do
  local id, due, fields = ARGV[i], ARGV[i + 1], 2 * tonumber(ARGV[i + 3])
  redis.call('HSET', KEYS[key], unpack(ARGV, i + 4, i + 3 + fields))
  redis.call('ZADD', KEYS[key + 1], due, id)
  redis.call('ZADD', KEYS[6], 0, ARGV[i + 2])
  key, i = key + 2, i + 4 + fields
end
return {'DONE', entry}
