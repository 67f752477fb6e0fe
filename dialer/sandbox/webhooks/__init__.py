"""The requests Twilio makes of an application: their fields, their signature, their delivery."""
