"""`evaluate [--as-of DATE] [--organisation KEY]`: judge whole registers now, or look ahead.

Only today's verdicts are kept; another day's are shown beside today's, with what the law changes.
"""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inventory.law.changes import changes
from inventory.models import Organisation
from inventory.services.evaluation import evaluate_organisation
from inventory.services.law import law_of
from inventory.services.preview import Preview, preview
from inventory.services.tasks import local_day


class Command(BaseCommand):
    help = "Judge the whole register of one organisation, or of all; or show it as of another day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            help="a day such as 2026-12-02: shows which findings appear or vanish; keeps nothing",
        )
        parser.add_argument("--organisation", help="its key; all if not given")

    def handle(self, *args: Any, **options: Any) -> None:
        organisations = Organisation.objects.order_by("key")
        if key := options["organisation"]:
            organisations = organisations.filter(key=key)
            if not organisations.exists():
                raise CommandError(f"No organisation is called “{key}”.")
        for organisation in organisations:
            today = local_day(organisation)
            as_of = options["as_of"] or today
            if as_of == today:
                self._judge(organisation, today)
            else:
                self._look(organisation, as_of, today)

    def _judge(self, organisation: Organisation, today: date) -> None:
        number = evaluate_organisation(organisation, as_of=today, progress=self._tell)
        self.stdout.write(f"{organisation.key}: {number} things judged as of {today}")

    def _look(self, organisation: Organisation, on: date, today: date) -> None:
        first, last = sorted((today, on))
        self.stdout.write(f"The law between {first} and {last}:")
        for one in changes(law_of(organisation), first, last):
            cited = f" ({one.citation})" if one.citation else ""
            self.stdout.write(
                f"  {one.day}  {one.place}: {one.matter} {one.turn}: {one.text}, {one.id}{cited}"
                f" [{one.mark}]"
            )
        found = preview(organisation, on, today=today, progress=self._tell)
        self.stdout.write(_summary(organisation, found))
        for two in found.differences:
            self.stdout.write(
                f"  {two.before or 'nothing'} → {two.after or 'nothing'}  "
                f"{two.check} in {two.place}: {two.title} ({two.subject})"
            )

    def _tell(self, done: int, total: int) -> None:
        self.stderr.write(f"\r{done} of {total}", ending="\n" if done >= total else "")


def _summary(organisation: Organisation, found: Preview) -> str:
    then = ", ".join(f"{number} {status}" for status, number in sorted(found.then.items()))
    return (
        f"{organisation.key}: {found.subjects} things judged as of {found.on}, nothing kept: "
        f"{then or 'no finding'}; {found.appear} appear, {found.vanish} vanish, {found.turn} turn"
    )
