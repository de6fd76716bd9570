"""The filters of lists, once: the browser's address bar and the API's query string are the same."""

from collections.abc import Mapping
from typing import Any

import django_filters as filters
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Greatest

from inventory.law.vocabulary import DatasetKind, JustificationState, Severity, Status, SubjectKind
from inventory.models import Dataset, Field, FieldUse, Finding, Standing
from inventory.services.errors import Invalid

LIKE_ENOUGH = 0.4
OPEN = [s for s in Status if s not in (Status.MET, Status.NOT_APPLICABLE)]


def filtered[F: filters.FilterSet](
    kind: type[F], said: Mapping[str, Any], rows: QuerySet[Any]
) -> QuerySet[Any]:
    """The rows that a query string asks for. Raises Invalid for a word that no filter knows."""
    found = kind(said, queryset=rows)  # type: ignore[arg-type]  # any mapping will do
    if not found.is_valid():
        raise Invalid({name: [str(m) for m in said] for name, said in found.errors.items()})
    answer: QuerySet[Any] = found.qs
    return answer


class DatasetFilter(filters.FilterSet):
    """`q` finds by key, name, description and field, and forgives a typing slip."""

    q = filters.CharFilter(method="search", max_length=200)
    kind = filters.ChoiceFilter(choices=[(k.value, k.value) for k in DatasetKind])
    entity = filters.CharFilter(field_name="entity__key", max_length=200)
    system = filters.CharFilter(field_name="system__key", max_length=200)
    country = filters.CharFilter(method="standing_in", max_length=2)
    status = filters.ChoiceFilter(
        method="standing_at", choices=[(s.value, s.value) for s in Status]
    )
    category = filters.CharFilter(method="holds", max_length=80)
    unjustified = filters.BooleanFilter(method="without_grounds")
    retired = filters.BooleanFilter(field_name="retired_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Dataset
        fields: tuple[str, ...] = ()

    def search(self, rows: QuerySet[Dataset], name: str, value: str) -> QuerySet[Dataset]:
        likeness = Greatest(
            TrigramWordSimilarity(value, "name"), TrigramWordSimilarity(value, "key")
        )
        inside = Q(name__icontains=value) | Q(key__icontains=value)
        inside |= Q(description__icontains=value)
        held = Field.objects.filter(name__icontains=value, retired_at=None)
        found = rows.annotate(likeness=likeness)
        near = Q(likeness__gte=LIKE_ENOUGH)
        return found.filter(near | inside | Q(pk__in=held.values("dataset")))

    def standing_in(self, rows: QuerySet[Dataset], name: str, value: str) -> QuerySet[Dataset]:
        return rows.filter(Exists(_standing(country=value.upper())))

    def standing_at(self, rows: QuerySet[Dataset], name: str, value: str) -> QuerySet[Dataset]:
        if country := (self.data or {}).get("country"):
            there = _standing(country=country.upper())
            return rows.filter(Exists(there.filter(_worst(Status(value)))))
        at, worse = _standing().filter(_worst(Status(value))), _standing().filter(_worse(value))
        return rows.filter(Exists(at), ~Exists(worse))

    def holds(self, rows: QuerySet[Dataset], name: str, value: str) -> QuerySet[Dataset]:
        held = Field.objects.filter(dataset=OuterRef("pk"), category=value, retired_at=None)
        return rows.filter(Exists(held))

    def without_grounds(self, rows: QuerySet[Dataset], name: str, value: bool) -> QuerySet[Dataset]:
        approved = Q(justification__state=JustificationState.APPROVED)
        open_uses = FieldUse.objects.filter(field__dataset=OuterRef("pk"), field__retired_at=None)
        lacking = Exists(open_uses.exclude(approved))
        return rows.filter(lacking if value else ~lacking)


class FindingFilter(filters.FilterSet):
    """The work list: what, how grave, where, and on what."""

    status = filters.ChoiceFilter(choices=[(s.value, s.value) for s in OPEN])
    severity = filters.ChoiceFilter(choices=[(s.value, s.value) for s in Severity])
    regime = filters.CharFilter(max_length=10)
    country = filters.CharFilter(method="concerned", max_length=2)
    check = filters.CharFilter(field_name="check_id", max_length=80)
    kind = filters.ChoiceFilter(
        field_name="subject_kind", choices=[(k.value, k.value) for k in SubjectKind]
    )
    subject = filters.CharFilter(method="about", max_length=200)

    class Meta:
        model = Finding
        fields: tuple[str, ...] = ()

    def concerned(self, rows: QuerySet[Finding], name: str, value: str) -> QuerySet[Finding]:
        return rows.filter(countries__contains=[value.upper()])

    def about(self, rows: QuerySet[Finding], name: str, value: str) -> QuerySet[Finding]:
        """A subject by its name, or a dataset by its key."""
        keyed = Dataset.objects.filter(organisation=OuterRef("organisation"), key=value)
        return rows.filter(
            Q(subject_name__icontains=value)
            | Q(subject_kind=SubjectKind.DATASET)
            & Exists(keyed.filter(name=OuterRef("subject_name")))
        )


def _standing(**where: Any) -> QuerySet[Standing]:
    rows = Standing.objects.filter(
        organisation=OuterRef("organisation"),
        subject_kind=SubjectKind.DATASET,
        whole=True,
        **where,
    )
    return rows.filter(subject_id=Cast(OuterRef("pk"), CharField()))


def _worse(status: str) -> Q:
    """A cell in which something graver stands."""
    order = [s.value for s in (Status.BREACH, Status.UNKNOWN, Status.ATTENTION, Status.MET)]
    graver = order[: order.index(status)] if status in order else order
    return Q(*((f"{name}__gt", 0) for name in graver), _connector=Q.OR) if graver else Q(pk=None)


def _worst(status: Status) -> Q:
    """A cell whose word is this status: nothing worse stands in it."""
    order = [Status.BREACH, Status.UNKNOWN, Status.ATTENTION, Status.MET]
    if status not in order:
        return Q(breach=0, unknown=0, attention=0, met=0)
    worse = Q(**{s.value: 0 for s in order[: order.index(status)]})
    return worse & Q(**{f"{status.value}__gt": 0})
