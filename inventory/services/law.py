"""The law as this process reads it, once, and its editions kept by hash."""

from functools import cache

from inventory.law.bundle import Law
from inventory.law.load import DATA, load_law
from inventory.models import LawBundle
from inventory.rules.evaluate import check_conditions


@cache
def current_law() -> Law:
    """The program's own law; LawError names file and line of what is wrong with it, and
    ValueError the check that asks what no condition answers."""
    law = load_law()
    check_conditions(law)
    return law


def keep_bundle(law: Law) -> LawBundle:
    """The stored edition of a law, kept when it is first used, so that it can be explained later.

    A law that is not the program's own (a test's) is kept by its hash alone.
    """
    kept = LawBundle.objects.filter(hash=law.hash).defer("files").first()
    if kept is not None:
        return kept
    files = _read_files() if law is current_law() else {}
    return LawBundle.objects.get_or_create(hash=law.hash, defaults={"files": files})[0]


def _read_files() -> dict[str, str]:
    files = (f for f in sorted(DATA.rglob("*")) if f.suffix in {".toml", ".csv"})
    return {f.relative_to(DATA).as_posix(): f.read_text(encoding="utf-8") for f in files}
