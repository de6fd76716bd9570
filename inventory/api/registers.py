"""What engineers need to name: activities, purposes, entities, systems."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.api.views import ByKey, View, actor
from inventory.models import Activity, LegalEntity, Purpose, System
from inventory.services.access import visible


class EntityLine(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()
    country = serializers.CharField()
    region = serializers.CharField()


class PurposeLine(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()
    text = serializers.CharField()
    activity = serializers.CharField(source="activity.key", allow_null=True, default=None)


class ActivityLine(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    purposes = serializers.SerializerMethodField()

    def get_purposes(self, activity: Activity) -> list[str]:
        return sorted(p.key for p in activity.purposes.all() if p.retired_at is None)


class SystemLine(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    version = serializers.IntegerField()


class Register(View):
    """A list by key of one kind of row, retired ones left out."""

    model: Any = None
    line: Any = None
    joins: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    def get(self, request: Request) -> Response:
        rows = visible(actor(request), self.model).filter(retired_at=None)
        rows = rows.prefetch_related(*self.parts)
        rows = rows.select_related(*self.joins) if self.joins else rows
        pages = ByKey()
        page = pages.paginate_queryset(rows, request, view=self)
        return pages.get_paginated_response(self.line(page, many=True).data)


@extend_schema(responses=EntityLine(many=True))
class Entities(Register):
    model, line = LegalEntity, EntityLine


@extend_schema(responses=PurposeLine(many=True))
class Purposes(Register):
    model, line, joins = Purpose, PurposeLine, ("activity",)


@extend_schema(responses=ActivityLine(many=True))
class Activities(Register):
    model, line, parts = Activity, ActivityLine, ("purposes",)


@extend_schema(responses=SystemLine(many=True))
class Systems(Register):
    model, line = System, SystemLine
