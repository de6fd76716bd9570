"""The addresses of the DPOs' door: one list for each room, named like the view that answers.

Keys may hold dots and hyphens but never begin with one, so `-` marks what is no key.
"""

from typing import Any

from django.urls import URLPattern, path, register_converter

from inventory.web import (
    activities,
    databases,
    dataset_page,
    dataset_tabs,
    datasets,
    entities,
    fields,
    findings,
    house,
    justifications,
    overview,
    parties,
    people,
    purpose_sheets,
    purposes,
    records,
    retention,
    rulings,
    searching,
    session,
    systems,
    transfers,
    verdicts,
)
from inventory.web.library import ahead, checks, front, kinds, places, values
from inventory.web.page import KeyConverter
from inventory.web.registers import happenings
from inventory.web.sheets import Room, retiring

register_converter(KeyConverter, "key")

persons = [
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("invitations/<str:secret>/", session.join, name="invitation"),
    path("language/", session.choose_language, name="language"),
    path("organisation/", session.choose_organisation, name="organisation"),
    path("menu/", session.menu, name="menu"),
    path("style/", session.style, name="style"),
    path("profile/", people.profile, name="profile"),
    path("members/", people.members, name="member-browse"),
    path("members/<int:number>/end/", people.end, name="member-end"),
    path("members/invitations/<int:number>/withdraw/", people.withdraw, name="member-withdraw"),
    path("tokens/", people.own_tokens, name="token-browse"),
    path("tokens/<int:number>/revoke/", people.revoke, name="token-revoke"),
]

work = [
    path("", overview.show, name="overview"),
    path("search/", searching.show, name="search"),
    path("findings/", findings.browse, name="finding-browse"),
    path("findings/<int:number>/", findings.show, name="finding-show"),
    path("findings/<int:number>/waive/", findings.waive, name="finding-waive"),
    path("findings/<int:number>/unwaive/", findings.unwaive, name="finding-unwaive"),
    path("verdicts/<slug:kind>/<key:key>/", verdicts.show, name="verdict-show"),
    path("justifications/", justifications.browse, name="justification-browse"),
    path("justifications/<int:number>/", justifications.show, name="justification-show"),
    path("justifications/<int:number>/decide/", justifications.decide, name="justification-decide"),
    path("justifications/<int:number>/edit/", justifications.change, name="justification-change"),
    path("retention/", retention.browse, name="retention-browse"),
]

register = [
    path("datasets/", datasets.browse, name="dataset-browse"),
    path("datasets/-/new/", datasets.create, name="dataset-create"),
    path("datasets/-/retire/", datasets.retire_many, name="dataset-retire-many"),
    path("datasets/<key:key>/", dataset_page.show, name="dataset-show"),
    path("datasets/<key:key>/edit/", datasets.edit, name="dataset-edit"),
    path("datasets/<key:key>/retire/", datasets.retire, name="dataset-retire"),
    path("datasets/<key:key>/purposes/", dataset_tabs.purposes, name="dataset-purposes"),
    path("datasets/<key:key>/retention/", dataset_tabs.retention, name="dataset-retention"),
    path("datasets/<key:key>/recipients/", dataset_tabs.recipients, name="dataset-recipients"),
    path("datasets/<key:key>/lineage/", dataset_tabs.lineage, name="dataset-lineage"),
    path("datasets/<key:key>/history/", dataset_tabs.events, name="dataset-history"),
    path("datasets/<key:key>/justify/", fields.justify, name="field-justify"),
    path("datasets/<key:key>/decide/", fields.decide, name="field-decide"),
    path("datasets/<key:key>/use/", fields.use, name="field-use"),
    path("datasets/<key:key>/accept/", fields.accept, name="field-accept"),
    path("datasets/<key:key>/carry-over/", fields.carry_over, name="field-carry-over"),
]

answers = [
    path("records/", records.browse, name="record-browse"),
    path("records/-/prepare/", records.prepare, name="record-prepare"),
    path("records/-/copy/", records.preview, name="record-preview"),
    path("records/-/issue/", records.issue, name="record-issue"),
    path("records/<slug:number>/", records.show, name="record-show"),
    path("records/<slug:number>/pdf/", records.download, name="record-download"),
    path("transfers/", transfers.browse, name="transfer-browse"),
    path(
        "transfers/<key:entity>/<str:country>/<str:through>/<key:key>/",
        transfers.change,
        name="transfer-change",
    ),
]


library = [
    path("law/", front.show, name="law-browse"),
    path("law/checks/", checks.browse, name="law-check-browse"),
    path("law/checks/<str:check>/", checks.show, name="law-check-show"),
    path("law/values/", values.browse, name="law-value-browse"),
    path("law/countries/", places.browse, name="law-place-browse"),
    path("law/countries/<str:country>/", places.show, name="law-place-show"),
    path("law/categories/", kinds.browse, name="law-kind-browse"),
    path("law/ahead/", ahead.show, name="law-ahead"),
    path("law/ahead/judge/", ahead.judge, name="law-ahead-judge"),
]

counsel = [
    path("law/rulings/", rulings.browse, name="ruling-browse"),
    path("law/rulings/<int:number>/end/", rulings.end, name="ruling-end"),
    path("law/checks/<str:check>/ruling/", rulings.on_check, name="ruling-check"),
    path("law/values/<str:place>/<str:value>/ruling/", rulings.on_value, name="ruling-value"),
    path("house-policy/", house.browse, name="house-browse"),
    path("house-policy/-/switch/", house.switch, name="house-switch"),
    path("house-policy/-/new/", house.create, name="house-create"),
    path("house-policy/<key:key>/edit/", house.change, name="house-change"),
    path("house-policy/<key:key>/retire/", house.retire, name="house-retire"),
]


def room(kind: Room, folder: str, views: Any) -> list[URLPattern]:
    """A kind of thing: its list, a new one, one's page, and the sheets that change it."""
    noun = kind.noun
    return [
        path(f"{folder}/", views.browse, name=f"{noun}-browse"),
        path(f"{folder}/-/new/", views.create, name=f"{noun}-create"),
        path(f"{folder}/<key:key>/", views.show, name=f"{noun}-show"),
        path(f"{folder}/<key:key>/edit/<slug:part>/", views.change, name=f"{noun}-change"),
        path(f"{folder}/<key:key>/history/", happenings(kind), name=f"{noun}-history"),
        path(f"{folder}/<key:key>/retire/", retiring(kind), name=f"{noun}-retire"),
    ]


rooms = [
    *room(activities.ACTIVITIES, "activities", activities),
    *room(purpose_sheets.PURPOSES, "purposes", purposes),
    *room(systems.SYSTEMS, "systems", systems),
    *room(parties.PARTIES, "recipients", parties),
    *room(entities.ENTITIES, "entities", entities),
    *room(databases.DATABASES, "databases", databases),
]

urlpatterns: list[URLPattern] = [
    *persons,
    *work,
    *register,
    *rooms,
    *answers,
    *library,
    *counsel,
]
