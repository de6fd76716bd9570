"""What the law asks to exist, each dated: notices, reviews, evidence."""

import re
from datetime import date
from hashlib import sha256
from typing import Any

from inventory.law.vocabulary import NoticeKind
from inventory.models import (
    Activity,
    Contract,
    Dataset,
    Evidence,
    Filing,
    ImpactAssessment,
    Justification,
    LegalBasis,
    LegalEntity,
    Notice,
    NoticePurpose,
    Purpose,
    Review,
    Safeguard,
    System,
    Transfer,
)
from inventory.services import attributes, evaluation
from inventory.services.access import Action, fetch, require, visible
from inventory.services.actors import Actor
from inventory.services.attributes import Rules, given, reading
from inventory.services.errors import Invalid, NotFound
from inventory.services.inputs import KEEP, Outcome
from inventory.services.recording import change
from inventory.services.register_inputs import EvidenceInput, NoticeInput
from inventory.services.rows import Draft, declared, mapped, refer, subject

LARGEST_FILE = 10 * 1024 * 1024  # bytes
NOTICE: Rules = {
    "kind": attributes.word(NoticeKind, "kind of notice", needed=True),
    "title": attributes.name,
    "url": attributes.link,
    "language": attributes.language,
    "published_on": attributes.day,
    "items": attributes.lines,
}
EVIDENCE_OF: dict[str, Any] = {
    "entity": LegalEntity, "system": System, "dataset": Dataset, "activity": Activity,
    "purpose": Purpose, "basis": LegalBasis, "contract": Contract, "transfer": Transfer,
    "safeguard": Safeguard, "assessment": ImpactAssessment, "filing": Filing,
    "justification": Justification,
}  # fmt: skip
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,90}")


def put_notice(
    actor: Actor, notice_id: int | None, data: NoticeInput, *, today: date, reason: str = ""
) -> Outcome[Notice]:
    """Write what data subjects are told, new or known by its id, and for which purposes."""
    row = fetch(actor, Notice, Action.EDIT, pk=notice_id) if notice_id else None
    require(actor, Action.EDIT)
    with reading() as problems:
        values = given(problems, data, NOTICE)
        keys = () if data.purposes is KEEP else data.purposes
        wanted = [(f"purposes.{n}", problems.key(k, f"purposes.{n}")) for n, k in enumerate(keys)]
        found = refer(actor, problems, Purpose, wanted)
        attributes.need(values, "kind", "title", when=row is None)
    purposes = KEEP if data.purposes is KEEP else list(found.values())
    said = declared(items=values.get("items", KEEP))
    if "items" in values:
        values["items"] = values["items"] or []
    with change(actor, reason=reason):
        notice = row or Notice(organisation=actor.organisation)
        draft = Draft(actor=actor, row=notice, created=row is None, today=today)
        draft.assign({**values, **said})
        return _tell(draft, purposes)


def review(
    actor: Actor, of: str, key: str, *, reviewed_on: date, note: str = "", today: date
) -> Outcome[Review]:
    """Put down that somebody looked at a dataset or an activity again, on a day."""
    models: dict[str, Any] = {"dataset": Dataset, "activity": Activity}
    if of not in models:
        raise Invalid({"of": "Only a dataset or an activity is reviewed."})
    row = fetch(actor, models[of], Action.EDIT, key=attributes.check_key(key))
    with reading() as problems:
        note = attributes.text(problems, note, "note")
        attributes.needed_day(problems, reviewed_on, "reviewed_on")
        if reviewed_on and reviewed_on > today:
            problems.add("reviewed_on", "This day has not come yet.")
    with change(actor, reason=f"review {key}"):
        evaluation.lock(actor.organisation, [subject(row)])
        done = Review.objects.create(
            organisation=actor.organisation,
            reviewed_on=reviewed_on,
            reviewer=actor.membership,
            note=note,
            **{of: row},
        )
        if row.reviewed_on is None or row.reviewed_on < reviewed_on:
            row.reviewed_on = reviewed_on
            row.save(update_fields=["reviewed_on"])
        found = evaluation.reevaluate(actor, [subject(row)], as_of=today)
    return Outcome(row=done, created=True, findings=tuple(found[0]), closed=tuple(found[1]))


def attach(
    actor: Actor, of: str, row_id: int, data: EvidenceInput, *, reason: str = ""
) -> Outcome[Evidence]:
    """Attach a file or a link to one thing of the register, with its hash. Never changed after."""
    if of not in EVIDENCE_OF:
        raise Invalid({"of": f"Evidence belongs to one of: {', '.join(EVIDENCE_OF)}."})
    row = fetch(actor, EVIDENCE_OF[of], Action.EDIT, pk=row_id)
    values = _evidence(data)
    with change(actor, reason=reason or f"attach evidence to {of} {row_id}"):
        evidence = Evidence.objects.create(organisation=actor.organisation, **{of: row}, **values)
    return Outcome(row=evidence, created=True)


def detach(actor: Actor, evidence_id: int, *, reason: str = "") -> None:
    """Take evidence away again; history keeps that it was there, and its bytes."""
    row = visible(actor, Evidence).filter(pk=evidence_id).first()
    if row is None:
        raise NotFound(f"No evidence {evidence_id} that you can see.")
    require(actor, Action.EDIT)
    with change(actor, reason=reason or "detach evidence"):
        Evidence.objects.filter(pk=row.pk).delete()


def _tell(draft: Draft[Notice], purposes: Any) -> Outcome[Notice]:
    """Bind the notice to its purposes, and judge those that it is or was bound to."""
    before = list(Purpose.objects.filter(notices__notice=draft.row))
    wanted = mapped(purposes, lambda one: {"purpose": one})
    draft.replace(NoticePurpose, "notice", wanted, identity=["purpose"])
    now = [] if purposes is KEEP else purposes
    touched = sorted({subject(one) for one in (*before, *now)})
    found = evaluation.reevaluate(draft.actor, touched, as_of=draft.today)
    draft.findings, draft.closed = tuple(found[0]), tuple(found[1])
    return draft.outcome()


def _evidence(data: EvidenceInput) -> dict[str, Any]:
    with reading() as problems:
        values = {
            "title": attributes.name(problems, data.title, "title"),
            "url": attributes.link(problems, data.url, "url"),
            "content": data.content,
            "media_type": data.media_type,
            "sha256": data.sha256.lower(),
        }
        if (data.content is None) == (not data.url):
            problems.add("content", "Give either a file or a link.")
        if data.media_type and not _MEDIA_TYPE.fullmatch(data.media_type):
            problems.add("media_type", "Write a media type such as application/pdf.")
        if data.sha256 and not re.fullmatch(r"[0-9a-f]{64}", data.sha256.lower()):
            problems.add("sha256", "A SHA-256 has 64 hexadecimal digits.")
        if data.content is not None:
            _check_file(data, problems)
            values["sha256"] = sha256(data.content).hexdigest()
    return values


def _check_file(data: EvidenceInput, problems: Any) -> None:
    content = data.content or b""
    if not content:
        problems.add("content", "The file is empty.")
    if len(content) > LARGEST_FILE:
        size = len(content) / 1024 / 1024
        problems.add("content", f"{size:.1f} MB; at most {LARGEST_FILE // 1024 // 1024} MB fit.")
    if data.sha256 and data.sha256.lower() != sha256(content).hexdigest():
        problems.add("sha256", "This is not the hash of the file that came.")
