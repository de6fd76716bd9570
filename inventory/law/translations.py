"""Titles in further languages, kept a file per language beside the law they translate."""

from pathlib import Path

from inventory.law.reading import LANGUAGE, Table, open_table
from inventory.law.refusals import LawError
from inventory.law.shapes import Texts

SECTIONS = (
    "basis",
    "mechanism",
    "record_item",
    "category",
    "record_class",
    "check_title",
    "check_remedy",
)


class Translations:
    """What `texts/<language>.toml` says of each id, and who has asked for it."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], dict[str, str]] = {}
        self._tables: dict[tuple[str, str, str], Table] = {}

    def read(self, directory: Path, *, root: Path) -> None:
        for file in sorted(directory.glob("*.toml")):
            top = open_table(file, root=root)
            if not LANGUAGE.fullmatch(file.stem):
                raise top.refuse(f"{file.stem!r} is no language tag")
            with top.strict():
                for section in SECTIONS:
                    if table := top.maybe(section, Table.table):
                        self._read_section(table, section, language=file.stem)

    def add(self, section: str, code: str, texts: Texts, where: Table) -> Texts:
        """The texts with their translations; one that the law's own file has is refused."""
        further = self._texts.get((section, code), {})
        for language in further:
            self._tables.pop((section, code, language), None)
            if language in texts:
                raise where.refuse(f"{code} has two texts in {language}")
        return {**texts, **further}

    def refuse_orphans(self) -> None:
        """A translation of an id that nothing has."""
        for (section, code, _), table in self._tables.items():
            raise self._orphan(table, section, code)

    def _read_section(self, table: Table, section: str, *, language: str) -> None:
        for code in table:
            self._texts.setdefault((section, code), {})[language] = table.text(code)
            self._tables[section, code, language] = table

    @staticmethod
    def _orphan(table: Table, section: str, code: str) -> LawError:
        return table.refuse(f"a text for {section} {code!r}, which no file has", code)
