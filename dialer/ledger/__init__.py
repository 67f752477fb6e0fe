"""What was decided: the line that every decision leaves behind."""
