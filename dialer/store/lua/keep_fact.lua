-- Purpose: keep a fact of a line that may change later, with what it was before, in one act.
-- KEYS: 1 line, 2 ledger, 3 the line's entries.
-- ARGV: 1 field (`fac:{principal}` …), 2 its value, 3 now (Unix ms), 4 kind for the ledger, 5 ledger JSON.
-- Returns: the line's new seq.
-- Invariant: `was:{field}:{seq}` holds every value the field ever had, as `{Unix ms} {value}`; a fact is
-- never overwritten without leaving itself there, its ledger line and a new seq.
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
redis.call('HSET', KEYS[1], 'was:' .. ARGV[1] .. ':' .. seq, ARGV[3] .. ' ' .. ARGV[2])
redis.call('LPUSH', KEYS[3], redis.call('XADD', KEYS[2], '*', 'k', ARGV[4], 'd', ARGV[5]))
redis.call('LTRIM', KEYS[3], 0, 9999)
return seq
