"""What stands after a command."""

from typing import Any

#: Phones put isolates of direction around names that are pasted from right-to-left text.
_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))


def argument(context: Any) -> str:
    """Return the text after a command on one line, without marks of direction."""
    return " ".join(context.args or ()).translate(_ISOLATES).strip()
