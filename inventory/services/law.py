"""The law as this process reads it, once, and its editions kept by hash."""

from functools import cache

from inventory.law.bundle import HOUSE, Law, without
from inventory.law.load import DATA, load_law
from inventory.models import LawBundle, Organisation
from inventory.rules.evaluate import check_conditions


@cache
def current_law() -> Law:
    """The program's own law; LawError names file and line of what is wrong with it, and
    ValueError the check that asks what no condition answers."""
    law = load_law()
    check_conditions(law)
    return law


def law_of(organisation: Organisation) -> Law:
    """The law that an organisation is judged by: no house policy unless it has one."""
    return _law_without_house()


@cache
def _law_without_house() -> Law:
    return without(current_law(), HOUSE)


def keep_bundle(law: Law) -> LawBundle:
    """The stored edition of a law, kept when it is first used, so that it can be explained later.

    A law that is not the program's own (a test's) is kept by its hash alone.
    """
    kept = LawBundle.objects.filter(hash=law.hash).defer("files").first()
    if kept is not None:
        return kept
    files = _read_files() if law.hash == current_law().hash else {}
    return LawBundle.objects.get_or_create(hash=law.hash, defaults={"files": files})[0]


def _read_files() -> dict[str, str]:
    files = (f for f in sorted(DATA.rglob("*")) if f.suffix in {".toml", ".csv"})
    return {f.relative_to(DATA).as_posix(): f.read_text(encoding="utf-8") for f in files}
