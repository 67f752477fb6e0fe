"""Tests of who works here."""
