"""Take in a folder of publishers' files: recognised by content, kept, read into the archive.

A file that does not read is kept apart and reported; it stops no other.
"""
