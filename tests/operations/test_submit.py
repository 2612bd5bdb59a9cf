"""Handing in: once, completely or not at all."""
