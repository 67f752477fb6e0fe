"""A Twilio to try with: the stand-in, its callees and the demo data."""
