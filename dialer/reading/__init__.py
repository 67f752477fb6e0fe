"""Reading what was sent: JSON that leaves nothing open, into frozen records, each fault with its place."""
