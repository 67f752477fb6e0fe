"""A demo CRM: takes Ringfence's notices, checks their signatures, keeps a do-not-call list."""
