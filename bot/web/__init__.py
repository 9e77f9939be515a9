"""The bot's own small web server: health, metrics, documents by HTTP, and the webhook."""
