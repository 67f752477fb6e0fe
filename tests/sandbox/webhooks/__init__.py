"""The parts of a webhook alone."""
