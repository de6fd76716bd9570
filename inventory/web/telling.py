"""What the live region says after a change: what was done, and what followed from it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.services.inputs import Outcome


def tell_change(request: HttpRequest, said: str, outcome: Outcome[Any]) -> None:
    """Say it, with the findings that the change ended."""
    n = len(outcome.closed)
    closed = ngettext("%(n)d finding closed.", "%(n)d findings closed.", n) % {"n": n}
    parts = [said, closed if n else "", *(_sentence(p) for p in outcome.proposals[:3])]
    messages.success(request, " ".join(part for part in parts if part))


def _sentence(proposal: str) -> str:
    return _("Left open: %(what)s.") % {"what": proposal}
