"""Tests of how the second opinion is trained."""
