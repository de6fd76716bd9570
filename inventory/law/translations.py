"""Titles in further languages, kept a file per language beside the law they translate."""

from collections.abc import Mapping
from pathlib import Path

from inventory.law.reading import LANGUAGE, Table, open_table
from inventory.law.refusals import LawError
from inventory.law.shapes import Review, Texts

SECTIONS = ("basis", "mechanism", "record_item", "category", "record_class")  # id = title


def in_language(texts: Texts, language: str) -> str:
    """The text as near to a language as there is: see `closest`."""
    return texts[closest(texts, language)]


def closest(texts: Texts, language: str) -> str:
    """The tag of the text to show: es-AR, then es, then another region's Spanish, then English."""
    asked = language.lower()
    spoken = asked.partition("-")[0]
    tags = {tag.lower(): tag for tag in texts}
    regional = sorted(tag for tag in tags if tag.startswith(f"{spoken}-"))
    return next((tags[tag] for tag in (asked, spoken, *regional) if tag in tags), "en")


class Translations:
    """What `texts/<language>.toml` says of each id, who has asked for it, and who reviewed it."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], dict[str, str]] = {}
        self._tables: dict[tuple[str, str, str], Table] = {}
        self._reviews: dict[str, Review] = {}

    @property
    def reviews(self) -> Mapping[str, Review]:
        """By language, whether a lawyer has read the file."""
        return self._reviews

    def read(self, directory: Path, *, root: Path) -> None:
        for file in sorted(directory.glob("*.toml")):
            top = open_table(file, root=root)
            if not LANGUAGE.fullmatch(file.stem):
                raise top.refuse(f"{file.stem!r} is no language tag")
            with top.strict():
                self._reviews[file.stem] = _read_review(top.table("review"))
                for section in SECTIONS:
                    if table := top.maybe(section, Table.table):
                        self._read_section(table, section, language=file.stem)
                if checks := top.maybe("check", Table.table):
                    self._read_checks(checks, language=file.stem)

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
            self._keep(section, code, table.text(code), table, language=language)

    def _read_checks(self, checks: Table, *, language: str) -> None:
        """A check's title and remedy stand side by side, so both are there or neither is."""
        for code in checks:
            table = checks.table(code)
            with table.strict():
                title, remedy = table.text("title"), table.text("remedy")
            self._keep("check_title", code, title, checks, language=language)
            self._keep("check_remedy", code, remedy, checks, language=language)

    def _keep(self, section: str, code: str, text: str, table: Table, *, language: str) -> None:
        self._texts.setdefault((section, code), {})[language] = text
        self._tables[section, code, language] = table

    @staticmethod
    def _orphan(table: Table, section: str, code: str) -> LawError:
        return table.refuse(f"a text for {section} {code!r}, which no file has", code)


def _read_review(table: Table) -> Review:
    """Nobody is said to have reviewed a file without a name and a day, nor the other way round."""
    with table.strict():
        review = Review(
            reviewed=table.flag("reviewed"),
            by=table.maybe("by", Table.text),
            on=table.maybe("on", Table.day),
        )
    if review.reviewed and not (review.by and review.on):
        raise table.refuse("'reviewed = true' needs 'by' and 'on'", "reviewed")
    if not review.reviewed and (review.by or review.on):
        raise table.refuse("'by' and 'on' belong to 'reviewed = true'", "reviewed")
    return review
