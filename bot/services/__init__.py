"""What a person asks for: one use case a function, each in its own transactions."""
