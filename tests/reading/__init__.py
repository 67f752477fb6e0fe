"""What is sent is read strictly, or refused with a pointer to each bad place."""
