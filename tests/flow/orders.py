"""Every order as data: what it is called, how it is given, and what may be done with it."""

from dataclasses import dataclass

ROLES = ("stranger", "reader", "editor", "owner")
MAY = frozenset({"editor", "owner"})
REFUSED = "Only editors can do that."


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A command that only editors and owners may give; ``{id}`` is a brief that waits."""

    typed: str
    done: str  # how the answer begins when it was done


ORDERS = (
    Order(typed="/queue", done="1 brief waits"),
    Order(typed="/publish {id}", done="Published 1 brief."),
    Order(typed="/retract {id} its source withdrew the figure", done="Retracted {id}:"),
)
