"""Pure rules: no web, no database, no files, no clock. Frozen dataclasses at the doors, plain arrays inside; import-linter holds it so."""
