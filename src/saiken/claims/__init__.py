"""What a text says (reading) and whether the figures bear it out (judging)."""
