"""Which follows want a brief, and because of what. All pure."""
