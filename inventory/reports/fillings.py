"""What of an activity fills an item of the record: one function for each source in law data.

None means that there is nothing to say: a gap where the item is mandatory, else no row.
"""

from collections.abc import Callable, Mapping

from inventory.law.vocabulary import Declared, EntityRole, RecordItemSource
from inventory.reports import crossings, retention
from inventory.reports.categories import fill_categories
from inventory.reports.facts import Activity, Basis, Purpose, Recipient
from inventory.reports.record import Line, Paragraph, Span
from inventory.reports.security import fill_security
from inventory.reports.telling import Blocks, Telling, bullets
from inventory.reports.texts import strong, typed

type Filling = Callable[[Telling, Activity], Blocks | None]

ORDINARY = "ordinary"
FLAGS = ("profiling", "direct_marketing", "child_service")


def fill_purposes(tell: Telling, activity: Activity) -> Blocks | None:
    if not activity.purposes:
        return (tell.gap("purposes"),)
    return tuple(block for purpose in activity.purposes for block in _purpose(tell, purpose))


def fill_bases(tell: Telling, activity: Activity) -> Blocks | None:
    lines = [
        _headed(tell, activity, purpose, _basis(tell, basis))
        for purpose in activity.purposes
        for basis in purpose.bases
    ]
    without = [purpose for purpose in activity.purposes if not purpose.bases]
    missing = tuple(
        tell.none("basis", name=typed(p.name))
        if p.bases_state is Declared.NONE
        else tell.gap("basis", name=typed(p.name))
        for p in without
    )
    return (*bullets(lines), *missing) or None


def fill_subjects(tell: Telling, activity: Activity) -> Blocks | None:
    if not activity.subjects:
        return tell.empty(activity.subjects_state, "subjects")
    return bullets([(tell.word("subject", code),) for code in activity.subjects])


def fill_source(tell: Telling, activity: Activity) -> Blocks | None:
    blocks = []
    if activity.collected_in:
        countries = tell.listing([tell.country(code) for code in activity.collected_in])
        blocks.append(tell.says("data.collected_in", countries=countries))
    if activity.derived_from:
        names = _separated([typed(name) for name in activity.derived_from])
        blocks.append(tell.says("data.derived_from", names=names))
    return tuple(blocks) or None


def fill_recipients(tell: Telling, activity: Activity) -> Blocks | None:
    return _recipients(tell, activity, activity.recipients)


def fill_processors(tell: Telling, activity: Activity) -> Blocks | None:
    processors = [r for r in activity.recipients if r.role.endswith(EntityRole.PROCESSOR)]
    return _recipients(tell, activity, tuple(processors))


def fill_assessments(tell: Telling, activity: Activity) -> Blocks | None:
    decisions = [_decision(tell, purpose) for purpose in activity.purposes]
    made = [a for purpose in activity.purposes for a in purpose.assessments]
    lines = [
        tell.wording.line(
            f"assessment.{'done' if found.done_on else 'undated'}",
            kind=tell.word("assessment", found.kind),
            day=tell.day(found.done_on) if found.done_on else "",
        )
        for found in dict.fromkeys(made)
    ]
    return (*bullets([line for line in decisions if line]), *bullets(lines)) or None


def fill_notes(tell: Telling, activity: Activity) -> Blocks | None:
    return (Paragraph((typed(activity.description),)),) if activity.description else None


def _purpose(tell: Telling, purpose: Purpose) -> Blocks:
    said = [tell.wording.say(f"purpose.{flag}") for flag in FLAGS if getattr(purpose, flag)]
    if purpose.automated_decision is not None:
        known = "automated_decision" if purpose.automated_decision else "no_automated_decision"
        said.append(tell.wording.say(f"purpose.{known}"))
    text = (
        Paragraph((typed(purpose.text),))
        if purpose.text
        else tell.gap("purpose_text", name=typed(purpose.name))
    )
    flags = (Paragraph((Span(" ".join(said)),)),) if said else ()
    return (Paragraph((typed(purpose.name, strong=True),)), text, *flags)


def _decision(tell: Telling, purpose: Purpose) -> Line:
    if not purpose.automated_decision:
        return ()
    return tell.pair(typed(purpose.name), tell.wording.say("purpose.automated_decision"))


def _basis(tell: Telling, basis: Basis) -> Line:
    known = tell.law.bases.get(basis.code)
    line = tell.told(known.title, known.citation, known.mark) if known else (typed(basis.code),)
    asides: list[Line] = []
    if basis.data_class != ORDINARY:
        asides.append((tell.word("class", basis.data_class),))
    if basis.law_reference:
        asides.append((typed(basis.law_reference),))
    if basis.balancing_test_on:
        asides.append(tell.wording.line("basis.balancing", day=tell.day(basis.balancing_test_on)))
    return tell.aside(line, asides)


def _recipients(
    tell: Telling, activity: Activity, recipients: tuple[Recipient, ...]
) -> Blocks | None:
    unasked = [p for p in activity.purposes if p.disclosures_state is Declared.NOT_ASKED]
    gaps = tuple(tell.gap("recipients", name=typed(p.name)) for p in unasked)
    if not recipients and not gaps and activity.purposes:
        return (tell.none("recipients"),)
    return (*bullets([_recipient(tell, r) for r in recipients]), *gaps) or None


def _recipient(tell: Telling, recipient: Recipient) -> Line:
    asides: list[Line] = []
    if recipient.country:
        asides.append((Span(tell.country(recipient.country)),))
    if recipient.what_for:
        asides.append((typed(recipient.what_for),))
    if recipient.contract_on:
        asides.append(tell.wording.line("recipient.contract", day=tell.day(recipient.contract_on)))
    name = tell.aside(typed(recipient.name), asides)
    role = tell.word("role", recipient.role)
    return tell.pair(strong(role.text), name)


def _headed(tell: Telling, activity: Activity, purpose: Purpose, line: Line) -> Line:
    """The line under its purpose's name, where the activity has several."""
    if len(activity.purposes) == 1:
        return line
    return tell.pair(typed(purpose.name, strong=True), line)


def _separated(spans: list[Span]) -> Line:
    return tuple(s for n, span in enumerate(spans) for s in ((Span(", "), span) if n else (span,)))


FILLINGS: Mapping[RecordItemSource, Filling] = {
    RecordItemSource.PURPOSES: fill_purposes,
    RecordItemSource.LEGAL_BASIS: fill_bases,
    RecordItemSource.SUBJECT_CATEGORIES: fill_subjects,
    RecordItemSource.DATA_CATEGORIES: fill_categories,
    RecordItemSource.SOURCE: fill_source,
    RecordItemSource.RECIPIENTS: fill_recipients,
    RecordItemSource.PROCESSORS: fill_processors,
    RecordItemSource.TRANSFERS: crossings.fill_transfers,
    RecordItemSource.RETENTION: retention.fill_retention,
    RecordItemSource.SECURITY: fill_security,
    RecordItemSource.ASSESSMENTS: fill_assessments,
    RecordItemSource.NOTES: fill_notes,
}
