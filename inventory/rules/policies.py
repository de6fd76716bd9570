"""Policies that govern everything: no tie to a country brings a subject under them."""

from collections.abc import Mapping

from inventory.law.vocabulary import SubjectKind
from inventory.rules.findings import Application
from inventory.rules.register import Register


def policies_in_force(register: Register) -> Mapping[SubjectKind, Mapping[str, Application]]:
    """By each kind of subject, the policies that have a check to ask of it, by their codes."""
    found: dict[SubjectKind, dict[str, Application]] = {}
    for code, regime in register.law.regimes.items():
        if not regime.everywhere or regime.valid_from > register.as_of:
            continue
        reasons = tuple(f"it governs whatever it asks about ({x.citation})" for x in regime.scopes)
        governs = Application(regime=code, applies=True, reasons=reasons)
        for check in register.law.checks(code, register.as_of):
            found.setdefault(check.subject, {})[code] = governs
    return found
