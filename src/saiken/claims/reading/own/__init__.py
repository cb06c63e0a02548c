"""A user's own series in a text: found by their names or titles, with every word accounted for."""
