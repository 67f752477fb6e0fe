"""Tests of the JSON API, each door through the whole app and a real store."""
