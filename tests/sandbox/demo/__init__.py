"""Tests of the room `sandbox.demo`."""
