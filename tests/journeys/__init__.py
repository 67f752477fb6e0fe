"""Tests of dialer/journeys."""
