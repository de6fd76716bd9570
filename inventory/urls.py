"""Every address: the health check, the engineers' door and the DPOs' door."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from inventory.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [path("healthz", healthz, name="healthz")]
for prefix, door in (("api/", "inventory.api"), ("", "inventory.web")):
    if find_spec(door) and find_spec(f"{door}.urls"):
        urlpatterns.append(path(prefix, include(f"{door}.urls")))

handler400 = "inventory.web.failures.bad_request"
handler403 = "inventory.web.failures.forbidden"
handler404 = "inventory.web.failures.not_found"
handler500 = "inventory.web.failures.failed"
