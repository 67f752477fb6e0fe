"""Text and build script of the second opinion; nothing here is read at run time."""
