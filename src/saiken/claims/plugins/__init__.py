"""Readers that ask something outside. None is used unless it is asked for by name."""
