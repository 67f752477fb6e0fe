"""What the stand-in keeps of each call: its legs, its people and the story of what happened."""
