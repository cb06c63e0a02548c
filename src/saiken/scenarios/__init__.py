"""What would happen if: balance sheets, price impact, losses, policy."""
