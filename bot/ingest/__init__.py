"""Documents come in: bytes are read into drafts of briefs, drafts are written and compared."""
