"""From matches to a message: when, which, in what order, in which words. All pure."""
