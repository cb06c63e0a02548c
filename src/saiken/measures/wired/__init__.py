"""Measures asked of an archive: which series each needs, and which figures it used.

Everything here is as of a date: views are read as they stood then, and nothing else is read.
"""
