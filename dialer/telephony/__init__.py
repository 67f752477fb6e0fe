"""Twilio stops here: its signatures, forms, TwiML and REST."""
