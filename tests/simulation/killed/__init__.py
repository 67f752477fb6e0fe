"""What is left when the store or a process is killed in the middle of an act: all of it, or nothing."""
