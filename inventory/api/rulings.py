"""`/rulings`: what an organisation's counsel says of checks and values of the law data."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.documents import StrictSerializer, StrictText, read_document, text
from inventory.api.views import ById, View, actor, today
from inventory.law.vocabulary import RulingAct, Severity
from inventory.services import rulings
from inventory.services.access import Action, require_whole
from inventory.services.rulings import RulingInput


class RulingDocument(StrictSerializer):
    """A ruling on a check, or on a value in a place. An amendment says what it changes."""

    id = serializers.IntegerField(read_only=True)
    act = StrictText(words=[act.value for act in RulingAct])
    check = text(allow_null=True, help_text="the id of a check")
    value = text(allow_null=True, help_text="or the id of a dated value, with its place")
    place = text(allow_null=True, help_text="a country's code, or a law's")
    reason = StrictText()
    author = StrictText(help_text="the firm or office that answers for it")
    made_on = text(allow_null=True, help_text="a date; today unless said")
    since = text(allow_null=True, help_text="the first day on which it holds")
    until = text(allow_null=True, help_text="the first day on which it no longer does")
    ended_on = serializers.DateField(read_only=True, allow_null=True)
    end_reason = serializers.CharField(read_only=True)
    severity = text(allow_null=True, words=[weight.value for weight in Severity])
    parameters = serializers.JSONField(
        required=False, help_text='as in the law data: {"months": 12}'
    )
    title = text()
    remedy = text()
    amount = serializers.JSONField(required=False, allow_null=True, help_text="the new value")


class EndDocument(StrictSerializer):
    """Why a ruling no longer holds."""

    reason = StrictText()


class Rulings(View):
    """All rulings, the ended too, in the order in which they were made."""

    @extend_schema(responses=RulingDocument(many=True))
    def get(self, request: Request) -> Response:
        pages = ById()
        page = pages.paginate_queryset(rulings.rulings(actor(request)), request, view=self)
        found = [rulings.ruling_document(row) for row in page or []]
        return pages.get_paginated_response(found)

    @extend_schema(request=RulingDocument, responses={201: RulingDocument})
    def post(self, request: Request) -> Response:
        """Rule from a day on. What was said of the same before ends on that day."""
        require_whole(actor(request), Action.DECIDE)
        given = read_document(RulingDocument, request)
        row = rulings.rule(actor(request), RulingInput(**given), today=today(request))
        return Response(rulings.ruling_document(row), status=201)


class OneRuling(View):
    @extend_schema(responses=RulingDocument)
    def get(self, request: Request, number: int) -> Response:
        return Response(rulings.ruling_document(rulings.find_ruling(actor(request), number)))


class EndRuling(View):
    @extend_schema(request=EndDocument, responses=RulingDocument)
    def post(self, request: Request, number: int) -> Response:
        """End a ruling today: the law is as the program has it again. It stays on record."""
        rulings.find_ruling(actor(request), number)
        require_whole(actor(request), Action.DECIDE)
        reason = read_document(EndDocument, request)["reason"]
        row = rulings.end_ruling(actor(request), number, reason, today=today(request))
        return Response(rulings.ruling_document(row))
