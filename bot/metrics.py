"""What is counted while the bot runs, in Prometheus' form.

What the store knows (how many wait, what is uncertain) is not counted again here; it is read
when somebody asks.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

#: Seconds of a call to Telegram: from a local server to one that holds a send for its limits.
_CALL_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
#: Seconds between the instant a message was due and the one it was sent.
_LATE_SECONDS = (1, 5, 15, 60, 300, 900, 3600, 14400)


class Metrics:
    """The counters of one running bot."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.updates = Counter(
            "counterpoint_updates", "Updates of Telegram that were handled", registry=registry
        )
        self.planned = Counter(
            "counterpoint_digests_promised", "Digests that were promised", registry=registry
        )
        self.outcomes = Counter(
            "counterpoint_deliveries",
            "What became of calls that deliver a message, by kind of message and outcome",
            ["kind", "outcome"],
            registry=registry,
        )
        self.lateness = Histogram(
            "counterpoint_delivery_lateness_seconds",
            "From when a message was due until it was sent",
            buckets=_LATE_SECONDS,
            registry=registry,
        )
        self.failures = Counter(
            "counterpoint_tick_failures", "Ticks that failed", ["tick"], registry=registry
        )
        self.stored = Gauge(
            "counterpoint_ledger",
            "Messages that have not ended, by kind and state",
            ["kind", "state"],
            registry=registry,
        )
        self.oldest = Gauge(
            "counterpoint_ledger_oldest_waiting_seconds",
            "Since when the longest overdue message waits; 0 for none",
            registry=registry,
        )
        self.told_to_wait = Gauge(
            "counterpoint_told_to_wait_seconds",
            "How long Telegram still asks the bot to wait, where it is over ten minutes; else 0",
            registry=registry,
        )
        self.leader = Gauge(
            "counterpoint_leader", "1 in the process that plans and sends", registry=registry
        )
        self.well = Gauge("counterpoint_well", "1 while nothing is wrong", registry=registry)

    def write(self) -> bytes:
        """Return everything in Prometheus' text form."""
        return generate_latest(self.registry)
