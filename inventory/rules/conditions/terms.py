"""When what must be done by a day is late, and whose terms are doubled."""

from datetime import date

from inventory.rules.asking import Case
from inventory.rules.conditions.governance import is_small_agent
from inventory.rules.said import Known


def is_late(done: Known, done_on: date | None, due: date | None, as_of: date) -> Known:
    """Was it done after its day, or is that day over and it is not done?"""
    if due is None:
        return None
    if done_on is not None and done_on <= as_of:
        return done_on > due
    late = as_of > due
    if done is False or done_on is not None:
        return late
    return None if late or done else False


def factors(entity: str, case: Case) -> tuple[int, ...]:
    """By what a small agent's terms are multiplied; both where nobody has said what it is."""
    found = case.register.facts.entities.get(entity)
    small = is_small_agent(found, case) if found else None
    return (1, 2) if small is None else (2,) if small else (1,)
