"""From what a bot sends to the text and entities that Telegram delivers."""
