"""What the voice webhook is measured beside: smaller applications on the same server, and their caller."""
