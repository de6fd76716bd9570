"""The demo register, loaded once through the same verbs that people use, by the people it names:
an engineer registers, an editor decides, a DPO approves."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from inventory.models import Justification, Organisation
from inventory.models.organisations import Role, ScopeKind
from inventory.services.accountability import put_notice, review
from inventory.services.activities import put_activity
from inventory.services.actors import Actor, member
from inventory.services.databases import put_database
from inventory.services.datasets import put_dataset
from inventory.services.demo_files import (
    Book,
    Table,
    activity_input,
    database_input,
    dataset_input,
    entity_input,
    notice_input,
    party_input,
    purpose_input,
    read_books,
    system_input,
    transfer_input,
)
from inventory.services.entities import put_entity
from inventory.services.evaluation import evaluate_organisation
from inventory.services.fields import FieldDecision, accept_proposals, decide_fields
from inventory.services.justifications import JustificationInput, approve, justify
from inventory.services.law import current_law
from inventory.services.organisations import add_member, create_organisation, create_user
from inventory.services.parties import put_party
from inventory.services.postponing import postponed
from inventory.services.purposes import put_purpose
from inventory.services.systems import put_system
from inventory.services.transfers import put_transfer


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did: the sign-ins it made, or none since the demo was there already."""

    passwords: dict[str, str]
    organisations: tuple[str, ...]


def load_demo(directory: Path, *, today: date, now: datetime) -> Loaded:
    """Load both organisations, or neither; nothing where the demo is there already."""
    books = read_books(directory, today=today)
    names = tuple(book.organisation["name"] for book in books)
    keys = [book.organisation["key"] for book in books]
    passwords: dict[str, str] = {}
    with transaction.atomic():
        if Organisation.objects.filter(key__in=keys).exists():
            return Loaded({}, names)
        for book in books:
            shelf = _Shelf(book=book, today=today, now=now)
            passwords |= shelf.add_people()
            with postponed():
                shelf.fill()
            evaluate_organisation(shelf.organisation, as_of=today)
            shelf.change()
    return Loaded(passwords, names)


@dataclass
class _Shelf:
    """One organisation being filled."""

    book: Book
    today: date
    now: datetime
    organisation: Organisation = field(init=False)
    actors: dict[str, Actor] = field(default_factory=dict)
    notices: dict[str, int] = field(default_factory=dict)

    def add_people(self) -> dict[str, str]:
        """The organisation and its members, each with a password made now."""
        table = self.book.organisation
        self.organisation = create_organisation(
            table["name"], key=table["key"], timezone=table["timezone"]
        )
        passwords = {}
        for person in self.book.people:
            password = secrets.token_urlsafe(12)
            user = create_user(person["email"], password, name=person["name"])
            role = Role(person["role"])
            scope = ScopeKind(person.get("scope", ScopeKind.ORGANISATION))
            membership = add_member(self.organisation, user, role, scope=scope)
            self.actors[role.value] = member(membership, door="command")
            passwords[person["email"]] = password
        return passwords

    def fill(self) -> None:
        """Everything in the order in which one thing names another."""
        self._put_basics()
        for table in self.book.activities:
            self._put_activity(table)
        for table in self.book.datasets:
            self._put_dataset(table)
        editor = self._who("editor")
        for table in self.book.databases:
            put_database(editor, table["key"], database_input(table), today=self.today)
        for table in self.book.transfers:
            put_transfer(editor, transfer_input(table), today=self.today)

    def change(self) -> None:
        """What happened later: judged change by change."""
        for table in self.book.changes:
            self._change(table)

    def _put_basics(self) -> None:
        """What activities and datasets name: companies, parties, systems, notices."""
        editor, today = self._who("editor"), self.today
        for table in self.book.entities:
            put_entity(editor, table["key"], entity_input(table), today=today)
        for table in self.book.parties:
            put_party(editor, table["key"], party_input(table), today=today)
        for table in self.book.systems:
            actor = self._who(table.get("owner", "editor"))
            put_system(actor, table["key"], system_input(table), today=today)
        for name, table in self.book.notices.items():
            self.notices[name] = put_notice(editor, None, notice_input(table), today=today).row.pk

    def _put_activity(self, table: Table) -> None:
        editor = self._who("editor")
        put_activity(editor, table["key"], activity_input(table), today=self.today)
        for one in table["purpose"]:
            purpose = purpose_input({**one, "activity": table["key"]}, current_law(), self.notices)
            put_purpose(editor, one["key"], purpose, today=self.today)

    def _put_dataset(self, table: Table) -> None:
        """An engineer's manifest, an editor's decision, a DPO's review, then the justifications."""
        key, names = table["key"], [one[0] for one in table["fields"]]
        actor = self._who(table.get("owner", "editor"))
        put_dataset(actor, key, dataset_input(table), today=self.today)
        accept_proposals(self._who("editor"), key, names, today=self.today)
        day = table["reviewed_on"]
        review(self._who("dpo"), "dataset", key, reviewed_on=day, today=self.today)
        for one in table.get("justification", ()):
            self._justify(table, one)

    def _justify(self, table: Table, said: Table) -> None:
        covered = [one[0] for one in table["fields"] if said["purpose"] in one[4].split()]
        state = said.get("state", "approved")
        written = justify(
            self._who(said.get("author", "editor")),
            table["key"],
            said.get("fields", covered),
            said["purpose"],
            JustificationInput(
                text=said["text"],
                alternatives=said.get("alternatives", ""),
                language=said.get("language", "en"),
            ),
            submit=state != "draft",
            today=self.today,
            now=self.now,
        )
        if state == "approved":
            self._approve(written.row)

    def _approve(self, justification: Justification) -> None:
        approve(self._who("dpo"), justification.pk, today=self.today, now=self.now)

    def _change(self, table: Table) -> None:
        """A later change, with the reason that history shows."""
        actor, how = self._who(table["by"]), {"today": self.today, "reason": table["reason"]}
        if said := table.get("decide"):
            decision = FieldDecision(category=said["category"])
            decide_fields(actor, said["dataset"], said["fields"], decision, today=self.today)
        if said := table.get("system"):
            put_system(actor, said["key"], system_input(said), today=self.today)
        puts: dict[str, Any] = {
            "entity": (put_entity, entity_input),
            "party": (put_party, party_input),
            "activity": (put_activity, activity_input),
            "purpose": (put_purpose, lambda one: purpose_input(one, current_law(), self.notices)),
        }
        for name, (put, read) in puts.items():
            if said := table.get(name):
                put(actor, said["key"], read(said), **how)

    def _who(self, role: str) -> Actor:
        """The member of this role; a small organisation's DPO does everything."""
        return self.actors.get(role) or self.actors["dpo"]
