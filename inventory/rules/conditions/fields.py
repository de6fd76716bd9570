"""Does each field of personal data serve a purpose, and is it rightly described?"""

from inventory.law.vocabulary import DataClass, Declared, LineageKind, SubjectKind
from inventory.rules.asking import (
    WAITING,
    Case,
    a_value,
    a_word,
    conclude,
    condition,
    many,
    not_concerned,
    say,
    weak,
)
from inventory.rules.facts import DatasetFacts, Known, LineageFacts
from inventory.rules.findings import Answer
from inventory.rules.logic import all_of, any_of, is_empty, negate

NOTHING_ANONYMOUS = not_concerned("it is no anonymised copy")
FREELY_USED = not_concerned("national law lets the identifier be used freely")


@condition("field_without_purpose", subject=SubjectKind.DATASET)
def field_without_purpose(dataset: DatasetFacts, case: Case) -> Answer:
    """Does every field of personal data serve a purpose?"""
    fields = case.register.personal_fields(dataset)
    idle = case.register.once(
        "idle", dataset.id, None, lambda: [(f, known) for f, known in fields if not f.purposes]
    )
    fault = any_of(known for _, known in idle)
    named = tuple(f.name for f, known in idle if known is fault)
    return Answer(fault=fault, fields=named, read=(("fields without a purpose", str(len(idle))),))


@condition("data_undescribed", subject=SubjectKind.DATASET)
def data_undescribed(dataset: DatasetFacts, case: Case) -> Answer:
    """Is it described whose data it is, and of which categories?"""
    nobody = is_empty(dataset.subject_categories)
    unnamed = tuple(field.name for field in dataset.fields if field.category is None)
    return Answer(
        fault=any_of((nobody, None if unnamed or not dataset.fields else False)),
        fields=unnamed,
        read=(
            ("categories of people", ", ".join(dataset.subject_categories.items) or None),
            ("fields without a category", str(len(unnamed))),
        ),
    )


@condition("field_compulsory", subject=SubjectKind.DATASET, parameters={"data_class": DataClass})
def field_compulsory(dataset: DatasetFacts, case: Case) -> Answer:
    """Is nobody compelled to give data of this class?"""
    wanted: DataClass = case.given["data_class"]
    contents = case.register.contents(dataset, case.regime.code)
    seen = contents.by_class.get(wanted, ())
    answers = {
        field.name: field.mandatory if field.name in seen else all_of((None, field.mandatory))
        for field in dataset.fields
        if field.name in seen or field.name in contents.unknown
    }
    fault = any_of(answers.values())
    return conclude(
        contents.holds(wanted),
        fault,
        fields=tuple(name for name, mandatory in answers.items() if mandatory is fault),
        read=(("fields of this class", ", ".join(seen) or None),),
    )


@condition("anonymity_reversible", subject=SubjectKind.DATASET)
def anonymity_reversible(dataset: DatasetFacts, case: Case) -> Answer:
    """Is data that was made anonymous beyond anybody's means to undo?"""
    copies = _anonymised(dataset)
    if not copies:
        return _nothing_anonymised(dataset)
    held = any_of(negate(one.key_destroyed) for one in copies)
    return Answer(
        fault=held,
        read=tuple(("key destroyed", say(one.key_destroyed)) for one in copies),
        note="the data is called anonymous, and a key that undoes it exists" if held else None,
    )


@condition("anonymity_untested", subject=SubjectKind.DATASET)
def anonymity_untested(dataset: DatasetFacts, case: Case) -> Answer:
    """Is it tested that nobody can be found again in data that was made anonymous?"""
    copies = _anonymised(dataset)
    if not copies:
        return _nothing_anonymised(dataset)
    return Answer(
        fault=any_of(None if one.test is None else not one.test.strip() for one in copies),
        read=tuple(("test", one.test) for one in copies),
    )


@condition(
    "free_text_unguarded", subject=SubjectKind.DATASET, parameters={"categories": many(a_word)}
)
def free_text_unguarded(dataset: DatasetFacts, case: Case) -> Answer:
    """Is what people write into free text guided and scanned?"""
    written, fields = _of_categories(dataset, case, case.given["categories"])
    return conclude(
        written,
        negate(dataset.free_text_guarded),
        fields=fields,
        read=(("guidance and scan", say(dataset.free_text_guarded)),),
    )


@condition(
    "identifier_uncited",
    subject=SubjectKind.DATASET,
    parameters={"rule": a_value, "free": a_value, "categories": many(a_word)},
)
def identifier_uncited(dataset: DatasetFacts, case: Case) -> Answer:
    """Is the national rule cited under which a national identifier is used?"""
    rule = case.value(case.given["rule"])
    if rule is None:
        free = case.value(case.given["free"])
        return FREELY_USED if free and free.value is True and not weak(free) else WAITING
    held, fields = _of_categories(dataset, case, case.given["categories"])
    cited = dataset.national_id_rule
    return conclude(
        held,
        None if cited is None else not cited.strip(),
        fields=fields,
        guidance=weak(rule),
        read=(
            ("rule cited", cited),
            (f"rule in {case.country}", f"{rule.value} ({rule.citation})"),
        ),
    )


@condition("unlawful_origin", subject=SubjectKind.DATASET)
def unlawful_origin(dataset: DatasetFacts, case: Case) -> Answer:
    """Was the data created and collected lawfully?"""
    return Answer(
        fault=negate(dataset.lawfully_obtained),
        read=(("lawfully obtained", say(dataset.lawfully_obtained)),),
    )


def _of_categories(
    dataset: DatasetFacts, case: Case, categories: tuple[str, ...]
) -> tuple[Known, tuple[str, ...]]:
    """Does it hold fields of one of the categories, and which?"""
    return case.register.once(
        "of categories", dataset.id, categories, lambda: _sort_out(dataset, categories)
    )


def _sort_out(dataset: DatasetFacts, categories: tuple[str, ...]) -> tuple[Known, tuple[str, ...]]:
    names = tuple(field.name for field in dataset.fields if field.category in categories)
    unknown = any(field.category is None for field in dataset.fields)
    return (True if names else None if unknown else False), names


def _anonymised(dataset: DatasetFacts) -> list[LineageFacts]:
    return [one for one in dataset.sources.items if one.kind is LineageKind.ANONYMISED]


def _nothing_anonymised(dataset: DatasetFacts) -> Answer:
    return WAITING if dataset.sources.state is Declared.NOT_ASKED else NOTHING_ANONYMOUS
