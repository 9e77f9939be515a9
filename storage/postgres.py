"""PostgreSQL: how its engines are set up."""

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

# A lost server is noticed, a stuck statement ends, and nobody holds the horizon for long. A
# process that is stopped inside of a transaction lets go of its rows before its leadership ends.
SETTINGS = {
    "statement_timeout": "15s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "10s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
CONNECTIONS = 5


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
