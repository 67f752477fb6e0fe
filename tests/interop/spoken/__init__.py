"""Speech as it reaches a telephone: turns, voices, the line, and a recogniser's ear."""
