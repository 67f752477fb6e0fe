"""Tests of dialer/web/twilio."""
