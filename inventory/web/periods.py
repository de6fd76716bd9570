"""How long things are kept, in words: a period of the register, and what the law says of it."""

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.law.vocabulary import Disposal, RetentionAuthority
from inventory.models import RetentionPeriod
from inventory.web.registers import Cell
from inventory.web.words import country_name, record_class_name, said


def said_duration(iso: str) -> str:
    """“P2Y6M” as “2 years, 6 months”."""
    found = re.findall(r"(\d+)([YMWDH])", iso)
    return ", ".join(_counted(int(number), unit) for number, unit in found)


def said_period(one: RetentionPeriod) -> str:
    """How long, and from when; or by which criteria."""
    if not one.period:
        return str(one.criteria)
    length = said_duration(one.period)
    return _("%(length)s from %(event)s") % {"length": length, "event": one.start_event} if (
        one.start_event
    ) else length  # fmt: skip


def period_cells(one: RetentionPeriod) -> list[Cell]:
    """A period as a row: what, how long, where, who asks, and what happens then."""
    asked = said(RetentionAuthority, one.authority)
    return [
        Cell(text=record_class_name(one.record_class) or _("All records of the purpose")),
        Cell(text=said_period(one)),
        Cell(text=country_name(one.country) if one.country else _("Everywhere"), quiet=True),
        Cell(text=f"{asked}: {one.law_reference}" if one.law_reference else asked, quiet=True),
        Cell(text=said(Disposal, one.disposal) or _("Not said"), quiet=True),
    ]


def _counted(number: int, unit: str) -> str:
    texts: dict[str, Any] = {
        "Y": ngettext("%(n)d year", "%(n)d years", number),
        "M": ngettext("%(n)d month", "%(n)d months", number),
        "W": ngettext("%(n)d week", "%(n)d weeks", number),
        "D": ngettext("%(n)d day", "%(n)d days", number),
        "H": ngettext("%(n)d hour", "%(n)d hours", number),
    }
    return str(texts[unit]) % {"n": number}
