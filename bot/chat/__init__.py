"""Telegram's people: updates in, answers out. With ``botapi`` the only place that knows PTB."""
