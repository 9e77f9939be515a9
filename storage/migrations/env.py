"""How alembic runs here: on the connection that ``storage.migrate`` hands over."""

from alembic import context

from storage.migrate import include_object, render_item
from storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render_item,
    include_object=include_object,
    compare_type=True,
)
context.run_migrations()
