"""`/house-policy` and `/house-rules`: what an organisation asks of itself."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.conditional import etag, if_match, must_be_new
from inventory.api.datasets import IF_MATCH
from inventory.api.documents import StrictBoolean, StrictSerializer, StrictText, read_document, text
from inventory.api.views import ByKey, View, actor, today
from inventory.law.vocabulary import Severity
from inventory.models import HouseRule
from inventory.services import house
from inventory.services.access import Action, require_whole
from inventory.services.house import HouseRuleInput


class HousePolicyDocument(StrictSerializer):
    on = StrictBoolean(help_text="whether the house's checks are asked")
    reason = text(write_only=True)
    available = serializers.BooleanField(read_only=True)


class HouseRuleDocument(StrictSerializer):
    """A rule of the organisation's own: a condition of the program, and the document it cites."""

    key = serializers.CharField(read_only=True)
    check = serializers.CharField(read_only=True, allow_null=True, help_text="its id in findings")
    subject = serializers.CharField(read_only=True, allow_null=True)
    condition = StrictText()
    parameters = serializers.JSONField(required=False)
    severity = StrictText(words=[weight.value for weight in Severity])
    title = StrictText()
    remedy = StrictText()
    language = text(help_text="of title and remedy")
    document = StrictText(help_text="the organisation's own, that says so")
    section = StrictText()
    valid_from = text(allow_null=True, help_text="a date; today unless said")
    valid_until = text(allow_null=True)
    version = serializers.IntegerField(read_only=True)
    retired = serializers.BooleanField(read_only=True)


class HousePolicy(View):
    """Whether the organisation has switched house policy on."""

    @extend_schema(responses=HousePolicyDocument)
    def get(self, request: Request) -> Response:
        return Response(_policy(request))

    @extend_schema(request=HousePolicyDocument, responses=HousePolicyDocument)
    def put(self, request: Request) -> Response:
        require_whole(actor(request), Action.DECIDE)
        given = read_document(HousePolicyDocument, request)
        on, reason = given["on"], given.get("reason", "")
        house.switch_house(actor(request), on=on, reason=reason, today=today(request))
        return Response(_policy(request))


class HouseRules(View):
    """The organisation's own rules, the retired too."""

    @extend_schema(responses=HouseRuleDocument(many=True))
    def get(self, request: Request) -> Response:
        pages = ByKey()
        page = pages.paginate_queryset(house.own_rules(actor(request)), request, view=self)
        return pages.get_paginated_response([house.rule_document(row) for row in page or []])


class OneHouseRule(View):
    @extend_schema(responses=HouseRuleDocument)
    def get(self, request: Request, key: str) -> Response:
        return _shown(house.find_rule(actor(request), key))

    @extend_schema(
        request=HouseRuleDocument,
        responses={200: HouseRuleDocument, 201: HouseRuleDocument},
        parameters=[IF_MATCH],
    )
    def put(self, request: Request, key: str) -> Response:
        """Write a rule, whole: what is left out is as if it was never said."""
        require_whole(actor(request), Action.DECIDE)
        must_be_new(request, house.own_rules(actor(request)), key)
        outcome = house.put_rule(
            actor(request),
            key,
            HouseRuleInput(**read_document(HouseRuleDocument, request)),
            today=today(request),
            if_match=if_match(request),
        )
        return _shown(outcome.row, status=201 if outcome.created else 200)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, key: str) -> Response:
        """Retire it: from today on it asks nothing."""
        house.retire_rule(actor(request), key, today=today(request), now=timezone.now())
        return Response(status=204)


def _policy(request: Request) -> dict[str, Any]:
    return {"on": actor(request).organisation.house_policy, "available": house.has_pack()}


def _shown(row: HouseRule, *, status: int = 200) -> Response:
    document = house.rule_document(row)
    return Response(document, status=status, headers={"ETag": etag(row.version)})
