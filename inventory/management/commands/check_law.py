"""`check_law [--json] [--regime CODE] [--no-mutants] [--list]`: count the law, try its cases."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from inventory.law.bundle import Law
from inventory.law.load import load_law
from inventory.law.vocabulary import Mark
from inventory.rules.examples import read_tree
from inventory.rules.mutants import Trials
from inventory.rules.survey import Survey, list_by_mark, survey
from inventory.rules.values import read_readings

FIXTURES = settings.BASE_DIR / "fixtures"
COUNTS = ("checks", "conditions", "values", "by_mark")
FAULTS = ("without_cases", "surviving_mutants")
TOLD = (*COUNTS, *FAULTS, "waiting")


class Command(BaseCommand):
    help = "Count the checks and values of the law, and make sure that a fault in one is noticed."
    requires_system_checks = ()  # a database is not needed

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="counts and faults, as JSON")
        parser.add_argument("--regime", metavar="CODE", help="try this law's cases only")
        parser.add_argument("--no-mutants", action="store_true", help="quick: the cases alone")
        parser.add_argument("--list", action="store_true", help="every check and value by mark")
        parser.add_argument("--as-of", type=date.fromisoformat, help="a day; today if not given")
        parser.add_argument("--cases", type=Path, default=FIXTURES / "cases")
        parser.add_argument("--values", type=Path, default=FIXTURES / "law" / "values.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        law = load_law()
        if options["regime"] and options["regime"] not in law.regimes:
            raise CommandError(f"No law is called {options['regime']}: {', '.join(law.regimes)}.")
        found = survey(
            law,
            read_trials(options["cases"], options["values"]),
            as_of=options["as_of"] or timezone.now().date(),
            only=options["regime"],
            with_mutants=not options["no_mutants"],
        )
        if options["json"]:
            self.stdout.write(json.dumps({name: getattr(found, name) for name in TOLD}, indent=2))
        else:
            self._tell(found)
        if options["list"]:
            self._list(law)
        if not found.is_sound:
            raise CommandError(say_faults(found))

    def _tell(self, found: Survey) -> None:
        counts = Table("law", "checks")
        for regime, number in found.checks.items():
            counts.add_row(regime, str(number))
        marks = ", ".join(f"{number} {mark}" for mark, number in found.by_mark.items())
        console = self._console()
        console.print(counts)
        console.print(f"{found.conditions} conditions, {found.values} values. Marks: {marks}.")
        console.print(f"{found.cases} cases, {found.mutants} faults planted.")
        console.print(f"Waiting for subjects that no register holds: {say(found.waiting)}.")
        for title in ("failing_cases", *FAULTS):
            for fault in getattr(found, title):
                console.print(f"{title.replace('_', ' ')}: {fault}", soft_wrap=True)

    def _list(self, law: Law) -> None:
        for mark in Mark:
            table = Table("what", "citation", title=mark.value)
            for name, citation in list_by_mark(law, mark):
                table.add_row(name, citation)
            self._console().print(table)

    def _console(self) -> Console:
        return Console(file=cast("TextIO", self.stdout), highlight=False, markup=False)


def read_trials(cases: Path, values: Path) -> Trials:
    """All cases of a directory and a table; CommandError where one is absent or cannot be read."""
    files = {path.relative_to(cases).as_posix(): path for path in cases.rglob("*.toml")}
    if not files:
        raise CommandError(f"No cases in {cases}: name the checkout's with --cases DIR.")
    try:
        texts = {name: path.read_text(encoding="utf-8") for name, path in files.items()}
        return Trials(read_tree(texts), read_readings(values.read_text(encoding="utf-8")))
    except OSError as error:
        raise CommandError(f"{values}: {error.strerror}; name it with --values FILE.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise CommandError(f"{cases} or {values} cannot be read: {error}") from error


def say(words: Sequence[str]) -> str:
    return ", ".join(words) or "none"


def say_faults(found: Survey) -> str:
    """What is wrong, in one sentence."""
    faults = (
        (len(found.failing_cases), "cases do not come out as they say"),
        (len(found.without_cases), "checks have too few cases"),
        (len(found.surviving_mutants), "planted faults are noticed by no case"),
    )
    return "; ".join(f"{number} {fault}" for number, fault in faults if number) + "."
