"""Full-text search over briefs: FTS5 on SQLite, a text vector on PostgreSQL."""

from sqlalchemy import text

from storage.drivers import Step
from storage.model.brief import BriefDraft, BriefId
from storage.transactions import ReadTx, WriteTx

_ADD = {
    "sqlite": "INSERT INTO search (rowid, headline, names, body, counter_argument)"
    " VALUES ({1}, {2}, {3}, {4}, {5})",
    "postgresql": "INSERT INTO search (brief_id, document) VALUES ({1},"
    " setweight(to_tsvector('simple', {2}::TEXT), 'A')"
    " || setweight(to_tsvector('simple', {3}::TEXT), 'A')"
    " || setweight(to_tsvector('simple', {4}::TEXT), 'B')"
    " || setweight(to_tsvector('simple', {5}::TEXT), 'C'))",
}
_FIND = {
    "sqlite": "SELECT rowid FROM search WHERE search MATCH :query"
    " ORDER BY rank, rowid LIMIT :limit",
    "postgresql": "SELECT brief_id FROM search, websearch_to_tsquery('simple', :query) AS query"
    " WHERE document @@ query ORDER BY ts_rank(document, query) DESC, brief_id LIMIT :limit",
}


def adding(tx: WriteTx, *, brief_id: BriefId, draft: BriefDraft) -> Step:
    """Return the step that makes a brief findable by headline, names, body, counter-argument."""
    names = "\n".join((*draft.topics, *draft.entities))
    row = (brief_id, draft.headline, names, draft.body, draft.counter_argument)
    return _ADD[tx.dialect.name], [row]


async def find(tx: ReadTx, *, words: str, limit: int) -> list[BriefId]:
    """Return the ids of briefs that hold all the words, best first; none for no words."""
    # Neither database takes a lone half of a character, nor the character zero.
    said = words.encode("utf-8", "ignore").decode().translate({0: " ", ord('"'): " "})
    terms = [term for term in said.split() if any(map(str.isalnum, term))]
    if not terms:
        return []
    # Every word stands in quotes, so that nothing in it is read as an operator.
    query = " ".join(f'"{term}"' for term in terms[:20])
    found = await tx.execute(text(_FIND[tx.dialect.name]), {"query": query, "limit": limit})
    return [BriefId(row[0]) for row in found]
