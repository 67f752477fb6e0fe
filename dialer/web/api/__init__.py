"""The JSON API under /v1, one blueprint a file."""
