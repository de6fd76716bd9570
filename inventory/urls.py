"""Every address: the health check, the engineers' door and the DPOs' door."""

from django.urls import include, path

from inventory.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/", include("inventory.api.urls")),
    path("", include("inventory.web.urls")),
]

handler400 = "inventory.web.failures.bad_request"
handler403 = "inventory.web.failures.forbidden"
handler404 = "inventory.web.failures.not_found"
handler500 = "inventory.web.failures.failed"
