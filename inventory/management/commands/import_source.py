"""Read a schema into dataset drafts: `import_source FILE --system KEY [--dry-run] [--json]`."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from inventory.models import Organisation, System
from inventory.services.actors import Actor, day_of, member, program
from inventory.services.errors import Invalid, ServiceError
from inventory.services.imports import Import, import_reading
from inventory.services.sign_in import membership_of
from inventory.sources.drafts import Reading, SourceError
from inventory.sources.sql import read_sql_bytes

MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Read SQL data definitions into the datasets of a system, in one transaction."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--system", required=True, metavar="KEY")
        parser.add_argument("--dialect", help="postgres (the default), mysql …")
        parser.add_argument("--organisation", metavar="KEY", help="where there is more than one")
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="the member who imports")
        parser.add_argument("--dry-run", action="store_true", help="say what would change")
        parser.add_argument("--json", action="store_true", help="print the drafts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reading = read_sql_bytes(_content(options["file"]), dialect=options["dialect"])
            if options["json"] and options["dry_run"]:
                self._print_json(reading)
                return
            actor = _actor(options)
            done = import_reading(
                actor,
                reading,
                options["system"],
                today=day_of(actor.organisation, timezone.now()),
                dry_run=options["dry_run"],
            )
        except Invalid as invalid:
            raise CommandError(_by_field(invalid)) from invalid
        except (ServiceError, SourceError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self._print_json(reading)
        else:
            self._say(done, dry_run=options["dry_run"])

    def _print_json(self, reading: Reading) -> None:
        self.stdout.write(json.dumps(reading.to_json(), ensure_ascii=False, indent=2))

    def _say(self, done: Import, *, dry_run: bool) -> None:
        reading = done.reading
        fields = sum(len(draft.fields) for draft in reading.datasets)
        would = "would be " if dry_run else ""
        self.stdout.write(
            f"{len(reading.datasets)} datasets with {fields} fields read:"
            f" {done.created} {would}new, {done.changed} {would}changed."
        )
        self.stdout.write(f"{reading.skipped} statements were no data definition.")
        proposals = [f"{key}: {p}" for key, o in done.outcomes.items() for p in o.proposals]
        for line in proposals[:MOST_SHOWN]:
            self.stdout.write(f"  {line}")
        for refusal in reading.refused:
            self.stderr.write(f"Line {refusal.line}: {refusal.text}: {refusal.reason}")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error


def _actor(options: dict[str, Any]) -> Actor:
    """The member named, or the program itself in the one organisation that has the system."""
    key = options["organisation"]
    if options["email"]:
        return member(membership_of(options["email"], key), door="command")
    found = Organisation.objects.filter(key=key) if key else Organisation.objects.all()
    held = list(found.order_by("key")[:20])
    if len(held) > 1:
        with_system = System.objects.filter(key=options["system"], organisation__in=held)
        held = [system.organisation for system in with_system.select_related("organisation")]
    if len(held) == 1:
        return program(held[0], door="command")
    if not Organisation.objects.exists():
        raise CommandError("There is no organisation yet: create_organisation NAME --owner EMAIL")
    raise CommandError(
        f"No system is called {options['system']!r}."
        if not held
        else f"Several organisations have a system {options['system']!r}: name one with"
        " --organisation KEY."
    )


def _by_field(invalid: Invalid) -> str:
    lines = [f"{path or 'document'}: {' '.join(said)}" for path, said in invalid.errors.items()]
    return "\n".join(["Nothing was written.", *lines[:MOST_SHOWN]])
