"""`evaluate [--as-of DATE] [--organisation KEY]`: judge whole registers now."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inventory.models import Organisation
from inventory.services.evaluation import evaluate_organisation
from inventory.services.tasks import local_day


class Command(BaseCommand):
    help = "Judge the whole register of one organisation, or of all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, help="a day; today if not given")
        parser.add_argument("--organisation", help="its key; all if not given")

    def handle(self, *args: Any, **options: Any) -> None:
        organisations = Organisation.objects.order_by("key")
        if key := options["organisation"]:
            organisations = organisations.filter(key=key)
            if not organisations.exists():
                raise CommandError(f"No organisation is called “{key}”.")
        for organisation in organisations:
            as_of = options["as_of"] or local_day(organisation)
            number = evaluate_organisation(organisation, as_of=as_of, progress=self._tell)
            self.stdout.write(f"{organisation.key}: {number} things judged as of {as_of}")

    def _tell(self, done: int, total: int) -> None:
        self.stderr.write(f"\r{done} of {total}", ending="\n" if done >= total else "")
