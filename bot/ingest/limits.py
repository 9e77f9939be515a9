"""How large a document and its briefs may be."""

MAX_DOCUMENT_BYTES = 20_000_000
MAX_BRIEF_BYTES = 256 * 1024
MAX_BRIEFS = 20_000  # of one document; 20 MB of real briefs are a third of that


def find_excess(text: str) -> str | None:
    """Return what to say about a brief's part of a document if it is too large, else None."""
    size = len(text.encode(errors="surrogatepass"))
    if size <= MAX_BRIEF_BYTES:
        return None
    return f"brief has {size} bytes; write at most {MAX_BRIEF_BYTES}"
