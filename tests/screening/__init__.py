"""Tests of dialer/screening."""
