"""Where a finding is mended: the page, or the very form, of what it is about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.law.vocabulary import SubjectKind
from inventory.models import Dataset, Finding, LegalEntity, Party, System
from inventory.services.access import Action, may, visible
from inventory.services.actors import Actor
from inventory.services.crossings import Way, ways_of
from inventory.services.law import law_of
from inventory.services.neighbourhood import MODELS
from inventory.services.wording import find_check
from inventory.web.finding_cards import finding_cards

PARTS: Mapping[str, tuple[str, Any]] = {  # condition → the sheet that answers it, and the act
    "no_legal_basis": ("bases", gettext_lazy("Set the legal basis")),
    "several_bases": ("bases", gettext_lazy("Choose the legal basis")),
    "basis_lacks": ("bases", gettext_lazy("Complete the legal basis")),
    "basis_reserved": ("bases", gettext_lazy("Change the legal basis")),
    "balancing_test_old": ("bases", gettext_lazy("Date the balancing test")),
    "no_retention": ("retention", gettext_lazy("Set how long it is kept")),
    "assessment_missing": ("assessments", gettext_lazy("Record the assessment")),
    "recipients_untold": ("disclosures", gettext_lazy("Name the recipients")),
    "automated_without_review": ("text", gettext_lazy("Answer on the purpose")),
    "marketing_without_opt_out": ("text", gettext_lazy("Answer on the purpose")),
    "no_contract": ("contracts", gettext_lazy("Add the contract")),
    "location_untold": ("places", gettext_lazy("Name its places")),
    "filing_missing": ("filings", gettext_lazy("Record the filing")),
    "trade_filing_missing": ("filings", gettext_lazy("Record the filing")),
    "sensitive_filing_missing": ("filings", gettext_lazy("Record the filing")),
    "filing_old": ("filings", gettext_lazy("Record the filing")),
    "database_lacks": ("facts", gettext_lazy("Complete the database")),
    "backups_undeclared": ("places", gettext_lazy("Say where backups lie")),
    "level_unknown": ("counts", gettext_lazy("Count people and users")),
    "security_undescribed": ("safeguards", gettext_lazy("Describe the safeguards")),
}
USUAL = {  # kind → the sheet to begin with
    SubjectKind.PURPOSE: "text",
    SubjectKind.PARTY: "contracts",
    SubjectKind.SYSTEM: "facts",
    SubjectKind.DATABASE: "filings",
    SubjectKind.ENTITY: "facts",
    SubjectKind.ACTIVITY: "text",
}
PERIODS = ("retention_over", "retention_under")
PAGES: Mapping[str, tuple[str, Any]] = {  # condition → a dataset's page that answers it
    "retention_overdue": ("dataset-edit", gettext_lazy("Record the last disposal")),
    "no_disposal": ("dataset-edit", gettext_lazy("Record the disposal job")),
    "dataset_untold": ("dataset-edit", gettext_lazy("Say it")),
    "access_shared": ("dataset-edit", gettext_lazy("Name the policies that open it")),
    "kind_without": ("dataset-edit", gettext_lazy("Answer on the dataset")),
    "only_in_cache": ("dataset-edit", gettext_lazy("Answer on the dataset")),
    "truth_undeclared": ("dataset-lineage", gettext_lazy("Look at where it comes from")),
    "kind_identifying": ("dataset-lineage", gettext_lazy("Look at where it comes from")),
    "anonymity_reversible": ("dataset-lineage", gettext_lazy("Look at where it comes from")),
    "anonymity_untested": ("dataset-lineage", gettext_lazy("Look at where it comes from")),
}
ON_FIELDS = {  # condition → the panel that opens beside the fields it names
    "use_unjustified": ("justify", gettext_lazy("Justify")),
    "field_without_purpose": ("justify", gettext_lazy("Justify or remove")),
    "data_undescribed": ("category", gettext_lazy("Set categories")),
}
MOST_FIELDS = 100
WRITES = {SubjectKind.SYSTEM: Action.REGISTER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """Where to look at the thing, and where and how to change it ("" where one may not)."""

    show_url: str = ""
    change_url: str = ""
    act: str = ""


def mendable_cards(
    actor: Actor, findings: Sequence[Finding], *, today: date, dataset: Dataset | None = None
) -> list[dict[str, Any]]:
    """Findings as cards, each with the act that mends it. `dataset`: on whose page they stand."""
    mends = mends_of(actor, findings)
    shown = finding_cards(findings, law=law_of(actor.organisation), today=today, dataset=dataset)
    for card, mend in zip(shown, mends, strict=True):
        act = {"label": mend.act, "url": mend.change_url}
        card["actions"] = [act] if mend.change_url else []
    return shown


def mends_of(actor: Actor, findings: Sequence[Finding]) -> list[Mend]:
    """The mend of each finding, in one query for each kind of subject."""
    keys = _keys(actor, findings)
    ways = _ways(actor, [f.subject_id for f in findings if f.subject_kind == SubjectKind.TRANSFER])
    return [_mend(actor, finding, keys, ways) for finding in findings]


def _mend(
    actor: Actor,
    finding: Finding,
    keys: Mapping[tuple[str, str], str],
    ways: Mapping[str, str],
) -> Mend:
    kind = SubjectKind(finding.subject_kind)
    writes = may(actor, WRITES.get(kind, Action.EDIT))
    if kind is SubjectKind.TRANSFER:
        url = ways.get(finding.subject_id, "")
        return Mend(show_url=url, change_url=url if writes else "", act=_("Say by which mechanism"))
    key = keys.get((finding.subject_kind, finding.subject_id))
    if key is None:
        return Mend()
    show = reverse(f"{kind.value}-show", args=[key])
    if kind not in USUAL:
        return _mend_dataset(actor, finding, key, show)
    part, act = _part(actor, finding, kind)
    change = reverse(f"{kind.value}-change", args=[key, part])
    return Mend(show_url=show, change_url=change if writes else "", act=str(act))


def _mend_dataset(actor: Actor, finding: Finding, key: str, show: str) -> Mend:
    check = find_check(law_of(actor.organisation), finding.check_id)
    if check and check.condition in PERIODS:
        url = f"{reverse('retention-browse')}?{urlencode({'dataset': key})}"
        return Mend(show_url=show, change_url=url, act=_("See the periods that claim it"))
    panel = ON_FIELDS.get(check.condition) if check and finding.fields else None
    if panel and may(actor, Action.EDIT):
        asked = urlencode({"act": panel[0], "field": finding.fields[:MOST_FIELDS]}, doseq=True)
        return Mend(show_url=show, change_url=f"{show}?{asked}#panel", act=str(panel[1]))
    if not may(actor, Action.REGISTER):
        return Mend(show_url=show)
    address, act = PAGES.get(check.condition if check else "", ("dataset-show", _("Open it")))
    return Mend(show_url=show, change_url=reverse(address, args=[key]), act=str(act))


def _part(actor: Actor, finding: Finding, kind: SubjectKind) -> tuple[str, Any]:
    check = find_check(law_of(actor.organisation), finding.check_id)
    found = PARTS.get(check.condition) if check else None
    return found or (USUAL[kind], _("Change it"))


def _keys(actor: Actor, findings: Iterable[Finding]) -> dict[tuple[str, str], str]:
    wanted: dict[str, set[str]] = {}
    for finding in findings:
        wanted.setdefault(finding.subject_kind, set()).add(finding.subject_id)
    found: dict[tuple[str, str], str] = {}
    for kind in sorted(wanted.keys() - {SubjectKind.TRANSFER.value}):
        model: Any = MODELS[SubjectKind(kind)]
        rows = visible(actor, model).filter(pk__in=wanted[kind])
        found |= {(kind, str(pk)): key for pk, key in rows.values_list("pk", "key")}
    return found


def _ways(actor: Actor, ids: Sequence[str]) -> dict[str, str]:
    """The address of the crossing that each derived transfer belongs to."""
    ways = ways_of(actor, ids) if ids else {}
    wanted: dict[Any, set[int]] = {
        LegalEntity: {way[0] for way in ways.values()},
        Party: {way[2] for way in ways.values() if way[2]},
        System: {way[3] for way in ways.values() if way[3]},
    }
    keys = {
        model: dict(visible(actor, model).filter(pk__in=pks).values_list("pk", "key"))
        for model, pks in wanted.items()
        if pks
    }
    found = ((one, _way_url(way, keys)) for one, way in ways.items())
    return {one: url for one, url in found if url}


def _way_url(way: Way, keys: Mapping[Any, Mapping[int, str]]) -> str:
    entity, country, party, system = way
    through = ("party", keys.get(Party, {}).get(party)) if party else (
        "system", keys.get(System, {}).get(system or 0)
    )  # fmt: skip
    exporter = keys.get(LegalEntity, {}).get(entity)
    if not exporter or not through[1]:
        return ""
    return reverse("transfer-change", args=[exporter, country, *through])
