"""From due subscribers to messages at Telegram: plan, send, note what became of it."""
