"""`/datasets/…/justifications`: why a purpose cannot do without some fields, and what gives the
text away."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.answers import dry_run
from inventory.api.datasets import DRY_RUN
from inventory.api.documents import (
    FindingDocument,
    StrictBoolean,
    StrictSerializer,
    StrictText,
)
from inventory.api.findings import finding_documents
from inventory.api.views import View, actor, document, today
from inventory.models import Dataset
from inventory.rules.wording import Fault
from inventory.services import justifications
from inventory.services.access import Action, fetch
from inventory.services.advice import advise
from inventory.services.justifications import JustificationInput


class JustificationDocument(StrictSerializer):
    """One text for some fields of a dataset and one purpose; a draft unless it is submitted."""

    purpose = StrictText(help_text="its key")
    fields = serializers.ListField(child=StrictText(), max_length=2_000)  # type: ignore[assignment]
    alternatives = StrictText(required=False)
    language = StrictText(required=False)
    submit = StrictBoolean(required=False)
    text = StrictText()


class AdviceDocument(serializers.Serializer):
    """One fault: the words that show it (`text[start:end]`), and what to write instead."""

    kind = serializers.CharField()
    quote = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    advice = serializers.CharField()
    fields = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]


class JustifiedDocument(serializers.Serializer):
    id = serializers.IntegerField(allow_null=True)
    state = serializers.CharField(allow_null=True)
    advice = AdviceDocument(many=True)
    findings = FindingDocument(many=True)
    closed = FindingDocument(many=True)
    dry_run = serializers.BooleanField()


class Justifications(View):
    """Justifications of a dataset's fields."""

    @extend_schema(
        request=JustificationDocument,
        responses={200: JustifiedDocument, 201: JustifiedDocument},
        parameters=[DRY_RUN],
    )
    def post(self, request: Request, key: str) -> Response:
        """Keep a text, with advice where it gives no reason; a dry run answers the advice alone.

        Doubt refuses nothing: whoever decides on the text sees the same. A text to submit that
        only holds a place is refused.
        """
        fetch(actor(request), Dataset, Action.EDIT, key=key)
        sent = JustificationDocument(data=document(request))
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        names, purpose = said["fields"], said["purpose"]
        data = JustificationInput(
            text=said["text"],
            alternatives=said.get("alternatives", ""),
            language=said.get("language", "en"),
        )
        advice = [
            _fault(one) for one in advise(actor(request), key, names, purpose, data, speak="en")
        ]
        if dry_run(request):
            return Response(_answer(advice=advice, dry_run=True))
        outcome = justifications.justify(
            actor(request),
            key,
            names,
            purpose,
            data,
            submit=bool(said.get("submit")),
            today=today(request),
            now=timezone.now(),
        )
        organisation = actor(request).organisation
        body = _answer(
            id=outcome.row.pk,
            state=str(outcome.row.state),
            advice=advice,
            findings=finding_documents(outcome.findings, organisation),
            closed=finding_documents(outcome.closed, organisation),
        )
        return Response(body, status=201)


def _answer(**said: Any) -> dict[str, Any]:
    nothing: dict[str, Any] = {"id": None, "state": None, "findings": [], "closed": []}
    return {**nothing, "dry_run": False, **said}


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "kind": fault.kind.value,
        "quote": fault.quote,
        "start": fault.start,
        "end": fault.end,
        "advice": fault.advice,
        "fields": list(fault.fields),
    }
