"""The engine that this package does without."""
