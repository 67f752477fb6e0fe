"""The files people bring, before anybody knows what they say: opened, decoded, cut into rows."""
