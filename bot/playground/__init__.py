"""A local Bot API server with people in it, and a page to be one of them."""
