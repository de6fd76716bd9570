"""SQL data definitions read into dataset drafts."""

from inventory.sources.sql.reading import read_sql, read_sql_bytes

__all__ = ["read_sql", "read_sql_bytes"]
