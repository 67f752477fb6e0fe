"""Tests of everything kept in Redis."""
