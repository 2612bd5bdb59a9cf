"""A filled comment form as it comes back: whatever was done to its columns, headings and numbers, every row that says something is kept,
placed at its clause or shown with what is in doubt. Pure: tables in, rows out (`consult.exchange.form_tables` reads the files).
"""

from consult.core.comment_form.place import Known, KnownClause, KnownDocument
from consult.core.comment_form.read import FormReading, FormRow, read_form_tables
from consult.core.comment_form.table import Cell, Table

__all__ = ["Cell", "FormReading", "FormRow", "Known", "KnownClause", "KnownDocument", "Table", "read_form_tables"]
