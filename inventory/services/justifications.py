"""The justification workflow: draft → submitted → approved or rejected → stale.

One text covers a set of uses of one purpose. Approval covers content, by hash: when the text,
the set, a field's category or identifiability, or the purpose's text or basis changes, the
approval is stale, and says why.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import F

from inventory.law.vocabulary import JustificationState, SubjectKind
from inventory.models import Dataset, Field, FieldUse, Justification, LegalBasis, Purpose
from inventory.rules.facts import JustificationFacts, SubjectId
from inventory.rules.wording import FaultKind, assess
from inventory.services import evaluation
from inventory.services.access import Action, fetch, require, visible
from inventory.services.actors import Actor
from inventory.services.dataset_rows import pick_fields
from inventory.services.errors import Conflict, Invalid, NotFound, Refused, Stale
from inventory.services.inputs import Outcome
from inventory.services.recording import change
from inventory.services.validation import Problems

LONGEST_TEXT = 20_000
OPEN_FOR_DECISION = (JustificationState.SUBMITTED,)


@dataclass(frozen=True, slots=True, kw_only=True)
class JustificationInput:
    """Why a purpose cannot do without some fields, and what else was considered."""

    text: str
    alternatives: str = ""
    language: str = "en"


def justify(
    actor: Actor,
    dataset_key: str,
    names: Sequence[str],
    purpose_key: str,
    data: JustificationInput,
    *,
    submit: bool,
    today: date,
    now: datetime,
) -> Outcome[Justification]:
    """Give a dataset's fields one text for one purpose; the uses are made where they are missing.

    Raises Invalid beside `text` (none, or one to submit that only holds a place) or `fields`,
    NotFound for the dataset or the purpose.
    """
    dataset = fetch(actor, Dataset, Action.EDIT, key=dataset_key)
    purpose = fetch(actor, Purpose, Action.EDIT, key=purpose_key)
    data = checked(data)
    subjects = [_subject(dataset), _subject(purpose)]
    with change(actor, reason=f"justify for {purpose.key}"):
        evaluation.lock(actor.organisation, subjects)
        fields = pick_fields(dataset, names)
        justification = Justification.objects.create(
            organisation=actor.organisation,
            purpose=purpose,
            text=data.text,
            alternatives=data.alternatives,
            language=data.language,
            author=actor.membership,
        )
        _cover(justification, fields)
        if submit:
            _submit(justification, now)
        _bump(subjects)
        findings, closed = evaluation.reevaluate(actor, subjects, as_of=today)
    return Outcome(row=justification, created=True, findings=tuple(findings), closed=tuple(closed))


def edit(
    actor: Actor,
    justification_id: int,
    data: JustificationInput,
    *,
    if_match: int | None = None,
    today: date,
) -> Outcome[Justification]:
    """Change a text. What was approved becomes a draft again: somebody must look once more."""
    data = checked(data)
    with change(actor, reason="edit a justification"):
        justification = _locked(actor, justification_id, Action.EDIT, if_match)
        justification.text = data.text
        justification.alternatives = data.alternatives
        justification.language = data.language
        justification.author = actor.membership
        justification.state = JustificationState.DRAFT
        _saved(justification)
        return _judged(actor, justification, today)


def submit(
    actor: Actor, justification_id: int, *, today: date, now: datetime, if_match: int | None = None
) -> Outcome[Justification]:
    """Ask for a decision on a draft, a rejected or a stale text."""
    with change(actor, reason="submit a justification"):
        justification = _locked(actor, justification_id, Action.EDIT, if_match)
        if justification.state in (JustificationState.SUBMITTED, JustificationState.APPROVED):
            raise Conflict(f"This text is {justification.state} already.")
        _submit(justification, now)
        return _judged(actor, justification, today)


def approve(
    actor: Actor,
    justification_id: int,
    *,
    today: date,
    now: datetime,
    if_match: int | None = None,
    shown: str | None = None,
) -> Outcome[Justification]:
    """Approve what was shown: `shown` is the content hash that the decider saw.

    Raises Refused where four eyes are needed and the author decides, Stale where the content is
    no longer what was shown.
    """
    with change(actor, reason="approve a justification"):
        justification = _for_decision(actor, justification_id, if_match)
        content = content_hash(justification)
        if shown is not None and shown != content:
            raise Stale(justification.version)
        justification.state = JustificationState.APPROVED
        justification.approved_content = content
        justification.rejection = justification.stale_reason = ""
        _decided(actor, justification, now)
        return _judged(actor, justification, today)


def preview_approval(
    actor: Actor, justification_id: int, *, today: date, now: datetime
) -> Outcome[Justification]:
    """What approving would do to the findings: done, judged and taken back again.

    Four eyes do not matter to it. Raises NotFound, Refused, Conflict.
    """
    with change(actor, reason="preview an approval"):
        justification = _open_to_decide(actor, justification_id, None)
        justification.state = JustificationState.APPROVED
        justification.approved_content = content_hash(justification)
        _decided(actor, justification, now)
        outcome = _judged(actor, justification, today)
        transaction.set_rollback(True)
    return replace(outcome, dry_run=True)


def reject(
    actor: Actor,
    justification_id: int,
    reason: str,
    *,
    today: date,
    now: datetime,
    if_match: int | None = None,
) -> Outcome[Justification]:
    """Return a text with a reason, which is compulsory."""
    problems = Problems()
    reason = problems.text(reason, "reason", required="Say why, so that the author can mend it.")
    problems.refuse()
    with change(actor, reason="reject a justification"):
        justification = _for_decision(actor, justification_id, if_match)
        justification.state = JustificationState.REJECTED
        justification.rejection = reason
        _decided(actor, justification, now)
        return _judged(actor, justification, today)


def content_hash(justification: Justification) -> str:
    """SHA-256 over what an approval covers. Names, comments and volumes don't matter to it."""
    uses = FieldUse.objects.filter(justification=justification).order_by("field_id")
    bases = LegalBasis.objects.filter(purpose=justification.purpose_id)
    covered = {
        "text": justification.text,
        "alternatives": justification.alternatives,
        "uses": list(uses.values_list("field_id", "field__category", "field__identifiability")),
        "purpose": justification.purpose.text,
        "bases": sorted(bases.values_list("regime", "data_class", "country", "code"), key=repr),
    }
    return sha256(json.dumps(covered, sort_keys=True).encode()).hexdigest()


def mark_stale(purpose_ids: Iterable[int], reason: str) -> int:
    """Mark approvals whose content is no longer what was approved; inside the caller's change.

    Returns how many became stale.
    """
    approved = Justification.objects.filter(
        purpose__in=list(purpose_ids), state=JustificationState.APPROVED
    ).select_related("purpose")
    changed = [j.pk for j in approved if content_hash(j) != j.approved_content]
    return Justification.objects.filter(pk__in=changed).update(
        state=JustificationState.STALE, stale_reason=reason[:500], version=F("version") + 1
    )


def checked(data: JustificationInput) -> JustificationInput:
    """The input as it can be kept. Raises Invalid beside what cannot."""
    problems = Problems()
    text = problems.text(
        data.text,
        "text",
        most=LONGEST_TEXT,
        required="Write why this purpose cannot do without these fields.",
    )
    alternatives = problems.text(data.alternatives, "alternatives", most=LONGEST_TEXT)
    language = problems.text(data.language, "language", most=10)
    problems.refuse()
    return JustificationInput(text=text, alternatives=alternatives, language=language)


def _cover(justification: Justification, fields: list[Field]) -> None:
    """Put the fields' uses under this text, taking them from whatever covered them before."""
    purpose_id = justification.purpose_id
    covered = FieldUse.objects.filter(field__in=fields, purpose=purpose_id)
    already = set(covered.values_list("field_id", flat=True))
    covered.update(justification=justification, proposed=False)
    FieldUse.objects.bulk_create(
        FieldUse(
            organisation_id=justification.organisation_id,
            field=field,
            purpose_id=purpose_id,
            justification=justification,
        )
        for field in fields
        if field.pk not in already
    )
    mark_stale([purpose_id], "another text took over some of its fields")
    _drop_empty_drafts(justification)


def _drop_empty_drafts(justification: Justification) -> None:
    """A draft that covers nothing any more is nobody's; history keeps it."""
    drafts = Justification.objects.filter(
        purpose=justification.purpose_id,
        state__in=[JustificationState.DRAFT, JustificationState.REJECTED],
        uses=None,
    )
    drafts.exclude(pk=justification.pk).delete()


def _locked(
    actor: Actor, justification_id: int, action: Action, if_match: int | None
) -> Justification:
    """The row, seen by the actor, its neighbourhood locked, at the version that was shown."""
    require(actor, action)
    purpose = _purpose_of(actor, justification_id)
    evaluation.lock(actor.organisation, [_subject(purpose)])
    justification = (
        Justification.objects.select_for_update(of=("self",))
        .select_related("purpose")
        .get(pk=justification_id)
    )
    if if_match is not None and if_match != justification.version:
        raise Stale(justification.version)
    return justification


def _purpose_of(actor: Actor, justification_id: int) -> Purpose:
    row = visible(actor, Justification).filter(pk=justification_id).first()
    purpose = row and visible(actor, Purpose).filter(pk=row.purpose_id).first()
    if not purpose:
        raise NotFound(f"No justification {justification_id} that you can see.")
    return purpose


def _for_decision(actor: Actor, justification_id: int, if_match: int | None) -> Justification:
    justification = _open_to_decide(actor, justification_id, if_match)
    own = actor.membership is not None and justification.author_id == actor.membership.pk
    if own and actor.organisation.four_eyes:
        raise Refused("Someone else approves: an author cannot approve their own text.")
    return justification


def _open_to_decide(actor: Actor, justification_id: int, if_match: int | None) -> Justification:
    justification = _locked(actor, justification_id, Action.DECIDE, if_match)
    if justification.state not in OPEN_FOR_DECISION:
        raise Conflict(f"This text is {justification.state}; only a submitted one is decided.")
    return justification


def _submit(justification: Justification, now: datetime) -> None:
    _refuse_no_text(justification)
    justification.state = JustificationState.SUBMITTED
    justification.submitted_at = now
    _saved(justification)


def _refuse_no_text(justification: Justification) -> None:
    """A doubtful text may be submitted, and whoever decides sees the doubt; one that only holds a
    place gives nobody anything to decide on."""
    said = JustificationFacts(
        id="", purpose="", text=justification.text, language=justification.language
    )
    fault = next((one for one in assess(said) if one.kind is FaultKind.PLACEHOLDER), None)
    if fault is not None:
        raise Invalid({"text": f"“{fault.quote}” only holds a place. {fault.advice}"})


def _decided(actor: Actor, justification: Justification, now: datetime) -> None:
    justification.decided_by = actor.membership
    justification.decided_at = now
    _saved(justification)


def _saved(justification: Justification) -> None:
    justification.version += 1
    justification.save()


def _judged(actor: Actor, justification: Justification, today: date) -> Outcome[Justification]:
    subjects = [_subject(justification.purpose), *_datasets_of(justification)]
    _bump(subjects)
    findings, closed = evaluation.reevaluate(actor, subjects, as_of=today)
    return Outcome(row=justification, findings=tuple(findings), closed=tuple(closed))


def _datasets_of(justification: Justification) -> list[SubjectId]:
    ids = justification.uses.values_list("field__dataset_id", flat=True).distinct()
    return [(SubjectKind.DATASET, str(pk)) for pk in ids]


def _bump(subjects: list[SubjectId]) -> None:
    """The documents of these datasets are no longer what their readers hold."""
    ids = [int(pk) for kind, pk in subjects if kind is SubjectKind.DATASET]
    Dataset.objects.filter(pk__in=ids).update(version=F("version") + 1)


def _subject(row: Dataset | Purpose) -> SubjectId:
    kind = SubjectKind.DATASET if isinstance(row, Dataset) else SubjectKind.PURPOSE
    return (kind, str(row.pk))
