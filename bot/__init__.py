"""Counterpoint: one finite digest a day, every brief with its counter-argument."""

import zoneinfo

__version__ = "0.1.0"

# The rules of time zones are those of the package tzdata, whatever the machine has: the same in
# every process of a bot, and known by their version.
zoneinfo.reset_tzpath(to=())
