"""PostgreSQL: how its engines are set up."""

from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.transactions import ReadTx

# A lost server is noticed, a stuck statement ends, and nobody holds the horizon for long. A
# process that is stopped inside of a transaction lets go of its rows before its leadership ends.
SETTINGS = {
    # Whatever the server is told: a lost mark would be a repeat that nobody lists.
    "synchronous_commit": "on",
    "statement_timeout": "15s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "10s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
CONNECTIONS = 5
_UNSAFE = text(
    "SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes')"
    " AND setting = 'off' ORDER BY name"
)


def make_engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    """Return the reading and the writing engine.

    On the first the database refuses writes, and a transaction sees one state however many
    statements it has.
    """
    settings = {"server_settings": SETTINGS, "timeout": 10}
    engine = create_async_engine(
        url, pool_size=CONNECTIONS, max_overflow=5, pool_pre_ping=True, connect_args=settings
    )
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return reader, engine


async def list_unsafe(tx: ReadTx) -> list[str]:
    """Return the settings of the server with which a power cut may lose what was committed."""
    return list((await tx.execute(_UNSAFE)).scalars())
