"""Other systems' words; one adapter a file."""
