"""The words of the field: periods, units, quantities, figures, holders. No I/O."""
