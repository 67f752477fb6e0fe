"""TwiML read and walked, verb by verb, as Twilio walks it."""
