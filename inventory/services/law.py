"""The law as this process reads it, once; each organisation's own edition of it; and editions kept
by hash."""

import json
import logging
from collections import OrderedDict
from functools import cache

from django.db import connection

from inventory.law.amending import amend, document
from inventory.law.bundle import Law
from inventory.law.load import DATA, load_law
from inventory.models import LawBundle, Organisation
from inventory.rules.evaluate import check_conditions
from inventory.services.editions import Own, complaint, misfit, read_own

LOG = logging.getLogger(__name__)
MOST = 64  # editions that a process remembers; a forgotten one is made again
NOTHING = Own(house=False, rulings=(), rules=())
_editions: OrderedDict[tuple[str, str], Law] = OrderedDict()  # by the program's hash and a digest


@cache
def current_law() -> Law:
    """The program's own law; LawError names file and line of what is wrong with it, and
    ValueError the check that asks what no condition answers."""
    law = load_law()
    check_conditions(law)
    return law


def law_of(organisation: Organisation) -> Law:
    """The law as an organisation has it: its house policy, its counsel's rulings, its own rules.

    No query while what is its own stays as it was; the program's own law is `current_law`.
    """
    found = _editions.get((current_law().hash, organisation.law_edition))
    if found is not None:
        return found
    program = current_law()
    return _remember(read_own(organisation, program) if organisation.law_edition else NOTHING)


def law_in_force(organisation: Organisation) -> Law:
    """The same, read afresh; whoever would change it waits until this transaction ends, so that
    nothing is judged by what was changed meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT law_edition FROM organisation WHERE id = %s FOR SHARE", [organisation.pk]
        )
        (organisation.law_edition,) = cursor.fetchone()
    return law_of(organisation)


def keep_bundle(law: Law) -> LawBundle:
    """The stored edition of a law, kept when it is first used, so that it can be explained later.

    An organisation's own is kept as what it lays over the program's, which is kept beneath it. A
    law that is neither (a test's) is kept by its hash alone.
    """
    kept = LawBundle.objects.filter(hash=law.hash).defer("files").first()
    if kept is not None:
        return kept
    given = {"files": _files(law), "beneath": _beneath(law)}
    return LawBundle.objects.get_or_create(hash=law.hash, defaults=given)[0]


def _remember(own: Own) -> Law:
    """Make an edition, or find it under what it really is: a row read before may be out of date."""
    program = current_law()
    key = (program.hash, own.digest)
    law = _editions.get(key) or _lay_over(program, own)
    _editions[key] = law
    while len(_editions) > MOST:
        _editions.popitem(last=False)
    return law


def _lay_over(program: Law, own: Own) -> Law:
    """What does not fit this edition of the program, such as a parameter that is gone, rests."""
    rulings = [one for one in own.rulings if not complaint(one, program)]
    rules = [one for one in own.rules if not misfit(one)]
    idle = [one.id for one in own.rulings if one not in rulings]
    idle += [one.id for one in own.rules if one not in rules]
    if idle:
        LOG.warning("Rulings and rules that do not fit the law data rest: %s", ", ".join(idle))
    return amend(program, rulings, house=own.house, own=rules)


def _files(law: Law) -> dict[str, str]:
    if law.edition is not None:
        return {"edition.json": json.dumps(document(law.edition), ensure_ascii=False)}
    return _read_files() if law.hash == current_law().hash else {}


def _beneath(law: Law) -> LawBundle | None:
    program = current_law()
    own = law.edition is not None and law.edition.program == program.hash
    return keep_bundle(program) if own else None


def _read_files() -> dict[str, str]:
    files = (f for f in sorted(DATA.rglob("*")) if f.suffix in {".toml", ".csv"})
    return {f.relative_to(DATA).as_posix(): f.read_text(encoding="utf-8") for f in files}
