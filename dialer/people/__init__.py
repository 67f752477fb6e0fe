"""Who works here: users, keys and agents, and what each may see."""
