"""Saying it: text, JSON."""
