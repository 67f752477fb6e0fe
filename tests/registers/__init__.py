"""Tests of the room `registers`."""
