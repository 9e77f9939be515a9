"""One file a command: read the input, call one service, give one answer."""
