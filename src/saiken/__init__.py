"""saiken checks what a text says about sovereign debt against what the official statistics said."""

__version__ = "0.1.0"
