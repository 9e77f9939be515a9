"""``python -m bot`` is ``counterpoint``."""

from bot.cli.app import main

main()
