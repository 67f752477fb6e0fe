"""Ringfence: the do-not-call gate between a call centre's dialer and Twilio."""
