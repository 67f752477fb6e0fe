"""Tests of dialer/web."""
