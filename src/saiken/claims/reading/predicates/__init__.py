"""What a clause says of its subject: one module for each family of predicates."""
