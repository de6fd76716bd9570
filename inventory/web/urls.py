"""The addresses of the DPOs' door: one list for each room, named like the view that answers.

Keys may hold dots and hyphens but never begin with one, so `-` marks what is no key.
"""

from django.urls import URLPattern, path, register_converter

from inventory.web import session
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

urlpatterns: list[URLPattern] = [*people]
