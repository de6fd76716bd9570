"""Is a database registered, documented and protected as the laws that regulate databases ask?"""

from datetime import date
from itertools import product

from inventory.law.vocabulary import DataClass, FilingKind, SafeguardKind, SubjectKind
from inventory.rules.asking import (
    WAITING,
    Case,
    a_number,
    a_period,
    a_word,
    conclude,
    condition,
    many,
    one_of,
    say,
    whole_months,
)
from inventory.rules.facts import (
    Collection,
    DatabaseFacts,
    FilingFacts,
    Known,
    Safeguard,
    SystemFacts,
)
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_in, any_of, contains, negate
from inventory.rules.periods import Period, day_after, next_day

LEVEL = {"high_persons": a_number, "high_users": a_number, "few_users": a_number}
SOME_BORDERS = {"high_users": None, "few_users": None}  # a check may need one border only


@condition("filing_missing", subject=SubjectKind.DATABASE, parameters={"kinds": many(FilingKind)})
def filing_missing(database: DatabaseFacts, case: Case) -> Answer:
    """Is the filing or document that every database needs there?"""
    filed = is_filed(database, case)
    return Answer(
        fault=negate(filed),
        read=(_say_filing(database, case, filed),),
        until=_next_filing(database, case),
    )


@condition(
    "trade_filing_missing",
    subject=SubjectKind.DATABASE,
    parameters={"kinds": many(FilingKind), "persons_over": a_number},
)
def trade_filing_missing(database: DatabaseFacts, case: Case) -> Answer:
    """Is a database of a public body, or one that trades in many people's data, filed?"""
    entity = case.register.facts.entities.get(database.entity)
    limit = case.number("persons_over")
    if limit is None:
        return WAITING
    many_people = _more(database.persons, limit)
    public = entity.public_body if entity else None
    filed = is_filed(database, case)
    return conclude(
        any_of((all_of((database.trades_in_data, many_people)), public)),
        negate(filed),
        read=(
            ("trades in data", say(database.trades_in_data)),
            ("persons", say(database.persons)),
            ("public body", say(public)),
            _say_filing(database, case, filed),
        ),
        until=_next_filing(database, case),
    )


@condition(
    "sensitive_filing_missing",
    subject=SubjectKind.DATABASE,
    parameters={"kinds": many(FilingKind), "persons_over": a_number, "data_class": DataClass},
)
def sensitive_filing_missing(database: DatabaseFacts, case: Case) -> Answer:
    """Is a database that holds such data on many people filed?"""
    limit = case.number("persons_over")
    if limit is None:
        return WAITING
    holds = holds_class(database, case, case.given["data_class"])
    filed = is_filed(database, case)
    due = all_of((holds, _more(database.persons, limit)))
    return conclude(
        due,
        negate(filed),
        read=(
            ("data of this class", say(holds)),
            ("persons", say(database.persons)),
            _say_filing(database, case, filed),
        ),
        note=f"{database.persons} people, and no filing" if due and filed is False else None,
        until=_next_filing(database, case),
    )


@condition(
    "filing_old",
    subject=SubjectKind.DATABASE,
    parameters={"kinds": many(FilingKind), "every": a_period},
)
def filing_old(database: DatabaseFacts, case: Case) -> Answer:
    """Was what must be repeated done again in time?"""
    days = [f.filed_on for f in _filings(database, case) if f.filed_on and f.filed_on <= case.as_of]
    if not days:
        fault = negate(is_filed(database, case))
        fault = None if fault is False else fault
        return Answer(fault=fault, read=(("last done", None),), until=_next_filing(database, case))
    every = case.period("every")
    if every is None:
        return WAITING
    due = every.ends(max(days))
    late = case.as_of > due
    return Answer(
        fault=late,
        read=(("last done", say(max(days))), ("due again", say(due))),
        until=next_day((_next_filing(database, case), day_after(due)), case.as_of),
    )


@condition(
    "database_lacks",
    subject=SubjectKind.DATABASE,
    parameters={"items": many(one_of("purpose_text", "manager_named", "risks", "access_means"))},
)
def database_lacks(database: DatabaseFacts, case: Case) -> Answer:
    """Is everything that the law wants said of a database said?"""
    said = {item: _is_said(getattr(database, item)) for item in case.given["items"]}
    return Answer(
        fault=negate(all_of(said.values())),
        read=tuple((item.replace("_", " "), say(held)) for item, held in said.items()),
    )


@condition("filing_outdated", subject=SubjectKind.DATABASE, parameters={"kinds": many(FilingKind)})
def filing_outdated(database: DatabaseFacts, case: Case) -> Answer:
    """Is what was filed brought up to date after a significant change?"""
    days = [f.filed_on for f in _filings(database, case) if f.filed_on and f.filed_on <= case.as_of]
    if not days:
        return WAITING._replace(until=_next_filing(database, case))
    changed = database.changed_on
    return Answer(
        fault=None if changed is None else max(days) < changed <= case.as_of,
        read=(("last filed", say(max(days))), ("changed", say(changed))),
        until=next_day((_next_filing(database, case), changed), case.as_of),
    )


@condition("document_unchecked", subject=SubjectKind.DATABASE, parameters={"every": a_period})
def document_unchecked(database: DatabaseFacts, case: Case) -> Answer:
    """Was it checked in time whether the definition document is still right?"""
    checked, every = database.document_checked_on, case.period("every")
    if checked is None or checked > case.as_of or every is None:
        return Answer(fault=None, read=(("last checked", None),), until=checked)
    due = every.ends(checked)
    return Answer(
        fault=case.as_of > due,
        read=(("last checked", say(checked)), ("due again", say(due))),
        until=next_day((day_after(due),), case.as_of),
    )


@condition("category_undeclared", subject=SubjectKind.DATABASE)
def category_undeclared(database: DatabaseFacts, case: Case) -> Answer:
    """Does the database hold only categories of data that were declared?"""
    declared = database.declared_categories
    held = [
        (field.name, None if field.category is None else negate(contains(declared, field.category)))
        for dataset in case.register.datasets(database.datasets)
        for field, _ in case.register.personal_fields(dataset)
    ]
    fault = any_of(undeclared for _, undeclared in held)
    named = (name for name, undeclared in held if undeclared is fault and fault)
    return Answer(
        fault=fault,
        fields=tuple(dict.fromkeys(named)),
        read=(("declared", ", ".join(declared.items) or None),),
    )


@condition("level_unknown", subject=SubjectKind.DATABASE, parameters=LEVEL, faults=False)
def level_unknown(database: DatabaseFacts, case: Case) -> Answer:
    """Is enough known of the database to tell its security level?"""
    levels = possible_levels(database, case)
    known = len(levels) == 1
    return Answer(
        fault=False if known else None,
        read=(
            ("level", next(iter(levels)) if known else None),
            ("persons", say(database.persons)),
            ("authorised users", say(database.authorised_users)),
            ("trades in data", say(database.trades_in_data)),
        ),
        note=None if known else f"the level may be {' or '.join(sorted(levels))}",
    )


@condition(
    "access_log_short",
    subject=SubjectKind.DATABASE,
    parameters={"kept": whole_months, "levels": many(a_word), **LEVEL},
    defaults=SOME_BORDERS,
)
def access_log_short(database: DatabaseFacts, case: Case) -> Answer:
    """Is access to a database of this security level logged, and the log kept long enough?"""
    asked = case.period("kept")
    if asked is None:
        return WAITING

    def logs(system: SystemFacts) -> Known:
        kept = system.access_log_months
        enough = None if kept is None else not asked > Period(months=kept)
        return all_of((system.access_logged, enough))

    systems = _systems(database, case)
    return conclude(
        has_level(database, case),
        negate(all_of(logs(one) if one else None for one in systems)) if systems else None,
        read=tuple(
            (f"log of {one.name} kept, months", say(one.access_log_months))
            for one in systems
            if one
        ),
    )


@condition(
    "survey_old",
    subject=SubjectKind.DATABASE,
    parameters={
        "kinds": many(SafeguardKind),
        "every": a_period,
        "levels": many(a_word),
        **LEVEL,
    },
    defaults=SOME_BORDERS,
)
def survey_old(database: DatabaseFacts, case: Case) -> Answer:
    """Was a database of this security level surveyed, tested or audited in time?"""
    dues = {kind: _due(kind, database, case) for kind in case.given["kinds"]}
    late = [None if due is None else due < case.as_of for due in dues.values()]
    ends = (day_after(due) for due in dues.values() if due is not None)
    return conclude(
        has_level(database, case),
        any_of(late),
        read=tuple((f"{kind} due".replace("_", " "), say(due)) for kind, due in dues.items()),
        until=next_day((*ends, *_coming(database, case)), case.as_of),
    )


def holds_class(database: DatabaseFacts, case: Case, data_class: DataClass) -> Known:
    """Do its datasets hold data of the class?"""
    held = case.register.datasets(database.datasets)
    return any_of(case.register.contents(one, case.regime.code).holds(data_class) for one in held)


def is_filed(database: DatabaseFacts, case: Case) -> Known:
    """Is a filing of one of the kinds asked for on record and effective?"""

    def effective(filing: FilingFacts) -> Known:
        if filing.kind not in case.given["kinds"] or filing.regime != case.regime.code:
            return False
        if filing.filed_on is not None:
            return filing.filed_on <= case.as_of
        return True if filing.number else None

    return any_in(database.filings, effective)


def has_level(database: DatabaseFacts, case: Case) -> Known:
    """Is its security level one of those the check is about?"""
    return any_or_none({level in case.given["levels"] for level in possible_levels(database, case)})


def any_or_none(answers: set[bool]) -> Known:
    return None if len(answers) > 1 else True in answers


def possible_levels(database: DatabaseFacts, case: Case) -> frozenset[str]:
    """The security levels that the facts leave open; where the law is in doubt, the stricter."""
    entity = case.register.facts.entities.get(database.entity)
    large = any_of(
        (
            _at_least(database.persons, case.number("high_persons")),
            _more_users(database, case, "high_users"),
        )
    )
    facts: tuple[Known, ...] = (
        database.trades_in_data,
        entity.public_body if entity else None,
        holds_class(database, case, DataClass.SPECIAL),
        large,
        negate(_more_users(database, case, "few_users")),
    )
    answers = ((True, False) if fact is None else (fact,) for fact in facts)
    return frozenset(_level(*combination) for combination in product(*answers))


def _level(trades: bool, public: bool, listed: bool, large: bool, few: bool) -> str:
    if (trades or listed) and large:
        return "high"
    if listed and few and not trades and not public:
        return "basic"
    return "medium" if trades or public or listed else "basic"


def _more_users(database: DatabaseFacts, case: Case, border: str) -> Known:
    """Do more people use it? A border that the check leaves out tells it nothing."""
    if case.given[border] is None:
        return False
    return _more(database.authorised_users, case.number(border))


def _more(number: int | None, limit: int | None) -> Known:
    return None if number is None or limit is None else number > limit


def _at_least(number: int | None, limit: int | None) -> Known:
    return None if number is None or limit is None else number >= limit


def _filings(database: DatabaseFacts, case: Case) -> list[FilingFacts]:
    kinds, code = case.given["kinds"], case.regime.code
    return [one for one in database.filings.items if one.kind in kinds and one.regime == code]


def _say_filing(database: DatabaseFacts, case: Case, filed: Known) -> tuple[str, str | None]:
    found = [say(one.number or one.filed_on) or "undated" for one in _filings(database, case)]
    return (" or ".join(case.given["kinds"]).replace("_", " "), ", ".join(found) or say(filed))


def _next_filing(database: DatabaseFacts, case: Case) -> date | None:
    return next_day((one.filed_on for one in _filings(database, case)), case.as_of)


def _is_said(value: str | bool | None) -> Known:
    return bool(value.strip()) if isinstance(value, str) else value


def _systems(database: DatabaseFacts, case: Case) -> list[SystemFacts | None]:
    held = case.register.datasets(database.datasets)
    keys = dict.fromkeys(one.system for one in held)
    return [case.register.facts.systems.get(key or "") for key in keys]


def _due(kind: SafeguardKind, database: DatabaseFacts, case: Case) -> date | None:
    """When the measure is due again: at once if it was never done, None if nobody has said."""
    safeguards = _safeguards(database, case)
    done = [
        one.last_done
        for collection in safeguards
        for one in collection.items
        if one.kind is kind and one.last_done and one.last_done <= case.as_of
    ]
    if done:
        every = case.period("every")
        return every.ends(max(done)) if every else None
    undated = any_of(
        any_in(collection, lambda one: one.kind is kind and (None if not one.last_done else False))
        for collection in safeguards
    )
    return date.min if undated is False else None


def _coming(database: DatabaseFacts, case: Case) -> list[date | None]:
    return [one.last_done for every in _safeguards(database, case) for one in every.items]


def _safeguards(database: DatabaseFacts, case: Case) -> list[Collection[Safeguard]]:
    entity = case.register.facts.entities.get(database.entity)
    systems = [one.safeguards for one in _systems(database, case) if one]
    return [entity.safeguards, *systems] if entity else [Collection(), *systems]
