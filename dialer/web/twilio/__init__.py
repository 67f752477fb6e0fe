"""Twilio's webhooks, one blueprint a file."""
