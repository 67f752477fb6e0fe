"""Telling others: notices, their schedule and their settlement."""
