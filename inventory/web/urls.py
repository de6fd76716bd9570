"""The addresses of the DPOs' door: one list for each room, named like the view that answers.

Keys may hold dots and hyphens but never begin with one, so `-` marks what is no key.
"""

from django.urls import URLPattern, path, register_converter

from inventory.web import dataset_page, dataset_tabs, datasets, fields, overview, session
from inventory.web.page import KeyConverter

register_converter(KeyConverter, "key")

people = [
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("invitations/<str:secret>/", session.join, name="invitation"),
    path("language/", session.choose_language, name="language"),
    path("organisation/", session.choose_organisation, name="organisation"),
    path("menu/", session.menu, name="menu"),
    path("style/", session.style, name="style"),
]

work = [
    path("", overview.show, name="overview"),
]

register = [
    path("datasets/", datasets.browse, name="dataset-browse"),
    path("search/", datasets.search, name="search"),
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

urlpatterns: list[URLPattern] = [*people, *work, *register]
