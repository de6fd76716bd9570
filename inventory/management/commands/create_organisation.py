"""Start a real organisation with its owner: `create_organisation NAME --owner EMAIL`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from inventory.models import User
from inventory.models.organisations import Role
from inventory.services import organisations
from inventory.services.actors import program
from inventory.services.errors import ServiceError


class Command(BaseCommand):
    help = "Start an organisation; its owner sets a password by the link that is printed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--owner", required=True, metavar="EMAIL")
        parser.add_argument("--key", help="otherwise made of the name")
        parser.add_argument("--timezone", default="UTC")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            organisation = organisations.create_organisation(
                options["name"], key=options["key"], timezone=options["timezone"]
            )
            email = organisations.check_email(options["owner"])
            user = User.objects.filter(email=email).first()
            if user is not None:
                organisations.add_member(organisation, user, Role.OWNER)
                self.stdout.write(f"{email} owns {organisation.name}, and signs in as before.")
                return
            actor = program(organisation, door="command")
            _, secret = organisations.invite(actor, email, Role.OWNER, now=timezone.now())
        except ServiceError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{email} owns {organisation.name}. To set a password, open:")
        self.stdout.write(f"{settings.PUBLIC_URL.geturl()}/invitations/{secret}/")
