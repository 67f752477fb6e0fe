-- Purpose: keep what the wrap-up codes of one principal stand for, with its ledger line, in one act.
-- KEYS: 1 codes of all principals, 2 ledger.
-- ARGV: 1 principal, 2 its codes as JSON, 3 ledger JSON.
-- Returns: the stream id.
-- Invariant: no code changes its meaning without a ledger line that says who changed it.
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return redis.call('XADD', KEYS[2], '*', 'k', 'wrap-up-codes', 'd', ARGV[3])
