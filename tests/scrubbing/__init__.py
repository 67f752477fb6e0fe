"""Tests of whole lists."""
