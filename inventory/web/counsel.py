"""What an organisation's counsel said of the law under a finding, and where to say more."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from inventory.law.amending import OWN
from inventory.law.shapes import Check, ValueOf
from inventory.models import Finding
from inventory.rules.explain import say_ruling
from inventory.services.access import Action, may
from inventory.services.actors import Actor
from inventory.services.law import current_law
from inventory.services.wording import Words, find_check
from inventory.web.words import country_name, regime_name


def counsel(actor: Actor, finding: Finding, words: Words) -> dict[str, Any]:
    """What `_parts/counsel.html` shows; the ways to rule only to who decides."""
    check = find_check(current_law(), finding.check_id)
    ways = list(_ways(finding, check)) if check and may(actor, Action.DECIDE) else []
    if finding.check_id.startswith(OWN) and may(actor, Action.DECIDE):
        key = finding.check_id.removeprefix(OWN)
        ways = [{"label": _("Change your rule"), "url": reverse("house-change", args=[key])}]
    return {
        "said": [say_ruling(one, actor.organisation.name) for one in words.rulings],
        "rulings": ways,
    }


def _ways(finding: Finding, check: Check) -> Iterator[dict[str, str]]:
    yield {
        "label": _("Confirm, amend or switch off this check"),
        "url": reverse("ruling-check", args=[check.id]),
    }
    for place, value_id in _values(finding, check):
        where = country_name(place) if place.isupper() else regime_name(place)
        description = current_law().definitions[value_id.partition(".")[0]].description
        yield {
            "label": _("Rule on a value: %(what)s, %(where)s")
            % {"what": description, "where": where},
            "url": reverse("ruling-value", args=[place, value_id]),
        }


def _values(finding: Finding, check: Check) -> Iterator[tuple[str, str]]:
    """The dated values that it read there; of a family, that of the record class it names."""
    law, read = current_law(), [value for _name, value in finding.read]
    for given in check.parameters.values():
        if not isinstance(given, ValueOf):
            continue
        for value_id in (given.id, *(f"{given.id}.{code}" for code in law.record_classes)):
            asked = "." not in value_id or value_id.partition(".")[2] in read
            place = finding.place
            held = law.dated(value_id, country=place) or law.dated(value_id, regime=place)
            if asked and held is not None:
                yield place, value_id
