-- Purpose: change what is held about one or several lines, their links and their ledger line, in one act.
-- KEYS: 1 ledger, then per line: line, its entries; then the sets.
-- ARGV: 1 now (Unix ms), 2 kind for the ledger, 3 ledger JSON, 4 number of lines, 5 field of the first line
--       that tells a repeat ('' none), then per line: seq as read ('' any), number of its fields, then per
--       field: 'keep' (never overwritten) or 'set', name, value; then per set: its size as read, 'add' or
--       'drop', member.
-- Returns: {'DONE', stream id}, {'SEEN', value} or {'CHANGED'} (nothing written for both).
-- Invariant: all lines change or none; a field that is set leaves what it was in `was:{field}:{seq}`, as
--            `{Unix ms} {value}`; each line gets a new seq, a new `amended` and the ledger line's id.
local lines = tonumber(ARGV[4])
if ARGV[5] ~= '' then
  local before = redis.call('HGET', KEYS[2], ARGV[5])
  if before then
    return {'SEEN', before}
  end
end
local at = 6
for i = 1, lines do
  if ARGV[at] ~= '' and (redis.call('HGET', KEYS[2 * i], 'seq') or '0') ~= ARGV[at] then
    return {'CHANGED'}
  end
  at = at + 2 + 3 * tonumber(ARGV[at + 1])
end
local sets = at
for i = sets, #ARGV, 3 do
  if redis.call('SCARD', KEYS[2 + 2 * lines + (i - sets) / 3]) ~= tonumber(ARGV[i]) then
    return {'CHANGED'}
  end
end
local entry = redis.call('XADD', KEYS[1], '*', 'k', ARGV[2], 'd', ARGV[3])
at = 6
for i = 1, lines do
  local line = KEYS[2 * i]
  local seq = redis.call('HINCRBY', line, 'seq', 1)
  redis.call('HINCRBY', line, 'amended', 1)
  local past = at + 2 + 3 * tonumber(ARGV[at + 1])
  for f = at + 2, past - 1, 3 do
    local was = 'was:' .. ARGV[f + 1] .. ':' .. seq
    if ARGV[f] == 'keep' then
      -- What reaches a line later than it was recorded was not known of it before: `{Unix ms} ` says when.
      if redis.call('HSETNX', line, ARGV[f + 1], ARGV[f + 2]) == 1 then
        redis.call('HSET', line, was, ARGV[1] .. ' ')
      end
    else
      redis.call('HSET', line, ARGV[f + 1], ARGV[f + 2])
      redis.call('HSET', line, was, ARGV[1] .. ' ' .. ARGV[f + 2])
    end
  end
  redis.call('LPUSH', KEYS[2 * i + 1], entry)
  redis.call('LTRIM', KEYS[2 * i + 1], 0, 9999)
  at = past
end
for i = sets, #ARGV, 3 do
  local act = ARGV[i + 1] == 'add' and 'SADD' or 'SREM'
  redis.call(act, KEYS[2 + 2 * lines + (i - sets) / 3], ARGV[i + 2])
end
return {'DONE', entry}
