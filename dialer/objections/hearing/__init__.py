"""From a transcript to a label, pure and offline."""
