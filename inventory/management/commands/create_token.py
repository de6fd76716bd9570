"""Make an API token and print it, and nothing else: `create_token EMAIL --name NAME`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from inventory.models.organisations import TokenScope
from inventory.services import tokens
from inventory.services.actors import member
from inventory.services.errors import ServiceError
from inventory.services.sign_in import membership_of


class Command(BaseCommand):
    help = "Make an API token for a member. It is printed once and kept as a digest."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="what will use the token")
        parser.add_argument("--organisation", metavar="KEY", help="for a member of several")
        parser.add_argument("--days", type=int, default=tokens.DEFAULT_DAYS)
        parser.add_argument("--read-only", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        scope = TokenScope.READ if options["read_only"] else TokenScope.WRITE
        try:
            membership = membership_of(options["email"], options["organisation"])
            _, secret = tokens.create_token(
                member(membership, door="command"),
                options["name"],
                now=timezone.now(),
                scope=scope,
                days=options["days"],
            )
        except ServiceError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(secret)
