"""The one way to Telegram's servers: the request, the pace, and what became of a call."""
