-- Purpose: put an objection in force, with its ledger line and one notice a destination, in one act.
-- KEYS: 1 epoch, 2 objection, 3 references, 4 ledger, 5 tally, 6 set whose lines it reaches, 7 notices by state,
--       8 orders to the telephone, 9 since when each, then ARGV[9] lines, then the entries of each, then per
--       notice: notice, due.
-- ARGV: 1 epoch as read, 2 size of that set as read, 3 objection id, 4 the objection's JSON for
--       its lines, 5 the whole record as JSON, 6 reference, 7 ledger JSON, 8 tally field, 9 number of lines,
--       10 the first line's `amended` as read, 11 order to the telephone ('' none), 12 when the order is due
--       (Unix ms), 13 now (Unix ms), then per notice: id, due (Unix ms), member of the index by state, number
--       of its fields, then that many names and values in turn.
-- Returns: {'DONE', stream id}, {'CHANGED'} (nothing written) or {'SEEN', record} (kept before, nothing
--          written): the same request again names the same objection id.
-- Invariant: an objection is on every line of its person, in every destination's queue and among the orders
--            to the telephone, or nowhere.
local before = redis.call('GET', KEYS[2])
if before then
  return {'SEEN', before}
end
if (redis.call('GET', KEYS[1]) or '0') ~= ARGV[1] or redis.call('SCARD', KEYS[6]) ~= tonumber(ARGV[2])
  or (redis.call('HGET', KEYS[10], 'amended') or '0') ~= ARGV[10]
  or redis.call('HSETNX', KEYS[3], ARGV[6], ARGV[3]) == 0 then
  return {'CHANGED'}
end
local lines = tonumber(ARGV[9])
for i = 10, 9 + lines do
  redis.call('HSET', KEYS[i], 'obj:' .. ARGV[3], ARGV[4])
  redis.call('HINCRBY', KEYS[i], 'seq', 1)
end
redis.call('SET', KEYS[2], ARGV[5])
local entry = redis.call('XADD', KEYS[4], '*', 'k', 'objection', 'd', ARGV[7])
redis.call('HINCRBY', KEYS[5], ARGV[8], 1)
for i = 10 + lines, 9 + 2 * lines do
  redis.call('LPUSH', KEYS[i], entry)
  redis.call('LTRIM', KEYS[i], 0, 9999)
end
if ARGV[11] ~= '' then
  redis.call('ZADD', KEYS[8], ARGV[12], ARGV[11])
  redis.call('HSET', KEYS[9], ARGV[11], ARGV[13])
end
local key, i = 10 + 2 * lines, 14
while i <= #ARGV do
  local id, due, fields = ARGV[i], ARGV[i + 1], 2 * tonumber(ARGV[i + 3])
  redis.call('HSET', KEYS[key], unpack(ARGV, i + 4, i + 3 + fields))
  redis.call('ZADD', KEYS[key + 1], due, id)
  redis.call('ZADD', KEYS[7], 0, ARGV[i + 2])
  key, i = key + 2, i + 4 + fields
end
return {'DONE', entry}
