"""A backup of the database and the stored files, made while everybody writes, and bringing one back."""
