"""Tests of dialer/telephony."""
