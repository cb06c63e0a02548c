"""What can be computed from figures: free functions on sequences, frozen results."""
