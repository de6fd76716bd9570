"""Write an entity's record of processing: `ropa ENTITY --regime R --language L --out FILE`."""

import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from inventory.reports.entities import find_entity
from inventory.reports.issue import write_record
from inventory.services.actors import program
from inventory.services.errors import Invalid, NotFound, ServiceError
from inventory.services.law import current_law


class Command(BaseCommand):
    help = "Write an entity's record of processing as a PDF/A, a copy without a number."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("entity", help="its key, or its country where there is only one")
        parser.add_argument("--regime", required=True, metavar="R", help="gdpr, lgpd")
        parser.add_argument("--language", required=True, metavar="L", help="en, fr, pt-BR …")
        parser.add_argument("--as-of", metavar="DATE", help="as it stood at the end of that day")
        parser.add_argument("--organisation", metavar="KEY", help="where there is more than one")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            entity = find_entity(
                options["entity"], organisation=options["organisation"], law=current_law()
            )
            content = write_record(
                program(entity.organisation, door="command"),
                entity.key,
                regime=options["regime"],
                language=options["language"],
                as_of=_day(options["as_of"]),
                now=timezone.now(),
            )
        except NotFound as error:
            raise CommandError(_with_near(error)) from error
        except Invalid as error:
            said = (" ".join(messages) for messages in error.errors.values())
            raise CommandError(" ".join(said)) from error
        except ServiceError as error:
            raise CommandError(str(error)) from error
        _write(options["out"], content)
        self.stdout.write(f"{options['out']}: {len(content)} bytes")


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written is not None else None
    except ValueError as error:
        raise CommandError(f"--as-of: “{written}” is no day. Write 2026-11-24.") from error


def _with_near(error: NotFound) -> str:
    return f"{error} Nearest: {', '.join(error.near)}." if error.near else str(error)


def _write(out: Path, content: bytes) -> None:
    """All of the file or nothing of it."""
    try:
        with tempfile.NamedTemporaryFile(dir=out.parent, delete=False) as file:
            partial = Path(file.name)
            file.write(content)
    except OSError as error:
        raise CommandError(f"{out}: {error.strerror}.") from error
    try:
        partial.chmod(0o666 & ~_umask())
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise CommandError(f"{out}: {error.strerror}.") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
