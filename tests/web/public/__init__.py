"""Tests of dialer/web/public."""
