"""The law library: every check and value with its citation, dates and mark, and what it finds."""
