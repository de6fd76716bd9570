"""The addresses of the API. Everything under /api/ that is none of them answers JSON too."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from inventory.api.datasets import Datasets, OneDataset
from inventory.api.errors import nothing_there
from inventory.api.findings import Compliance, Findings, Verdicts
from inventory.api.house import HousePolicy, HouseRules, OneHouseRule
from inventory.api.justifications import Justifications
from inventory.api.registers import Activities, Entities, Purposes, Systems
from inventory.api.rulings import EndRuling, OneRuling, Rulings
from inventory.api.systems import OneSystem
from inventory.api.vocabulary import Vocabulary

urlpatterns = [
    path("v1/datasets", Datasets.as_view(), name="api-datasets"),
    path("v1/datasets/<str:key>", OneDataset.as_view(), name="api-dataset"),
    path(
        "v1/datasets/<str:key>/justifications",
        Justifications.as_view(),
        name="api-justifications",
    ),
    path("v1/systems", Systems.as_view(), name="api-systems"),
    path("v1/systems/<str:key>", OneSystem.as_view(), name="api-system"),
    path("v1/activities", Activities.as_view(), name="api-activities"),
    path("v1/purposes", Purposes.as_view(), name="api-purposes"),
    path("v1/entities", Entities.as_view(), name="api-entities"),
    path("v1/vocabulary/<str:name>", Vocabulary.as_view(), name="api-vocabulary"),
    path("v1/findings", Findings.as_view(), name="api-findings"),
    path("v1/verdicts", Verdicts.as_view(), name="api-verdicts"),
    path("v1/compliance", Compliance.as_view(), name="api-compliance"),
    path("v1/rulings", Rulings.as_view(), name="api-rulings"),
    path("v1/rulings/<int:number>", OneRuling.as_view(), name="api-ruling"),
    path("v1/rulings/<int:number>/end", EndRuling.as_view(), name="api-ruling-end"),
    path("v1/house-policy", HousePolicy.as_view(), name="api-house-policy"),
    path("v1/house-rules", HouseRules.as_view(), name="api-house-rules"),
    path("v1/house-rules/<str:key>", OneHouseRule.as_view(), name="api-house-rule"),
    path("v1/schema", SpectacularAPIView.as_view(), name="api-schema"),
    path("v1/docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
    re_path("", nothing_there, name="api-nothing"),
]
