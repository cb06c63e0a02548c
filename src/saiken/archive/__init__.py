"""What was published when: figures with two clocks, as-of reads, release calendar, snapshot."""
