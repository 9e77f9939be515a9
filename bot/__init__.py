"""Counterpoint: one finite digest a day, every brief with its counter-argument."""

__version__ = "0.1.0"
