"""The parts of the exchange alone, without threads or sockets."""
