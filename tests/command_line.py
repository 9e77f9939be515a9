"""The command line, with every command imported."""

import typer

from bot.cli.app import app

COMMAND_LINE = typer.main.get_command(app)
_CONTEXT = COMMAND_LINE.context_class(COMMAND_LINE)
COMMANDS = {
    name: COMMAND_LINE.get_command(_CONTEXT, name) for name in COMMAND_LINE.list_commands(_CONTEXT)
}
