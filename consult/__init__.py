"""consult: standards consultation and revision."""
