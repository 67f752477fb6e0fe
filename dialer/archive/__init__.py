"""The archive: what is kept outside Redis, sealed before it leaves the process."""
