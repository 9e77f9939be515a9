"""Values: what the store keeps, as frozen dataclasses. Standard library only."""
