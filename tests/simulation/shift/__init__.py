"""A shift of 200 agents: what their callees say, heard through the doors, and what agents put down."""
