"""Against independent software: a synthesiser and a recogniser, and strangers with the official libraries."""
