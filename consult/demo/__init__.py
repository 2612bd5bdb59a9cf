"""The demonstration: the whole walk with seeded data, by the operations that everybody uses."""
