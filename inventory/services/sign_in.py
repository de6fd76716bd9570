"""From an e-mail address to the member it acts as, for commands that name people."""

from inventory.models import Membership
from inventory.services.errors import Conflict, NotFound


def membership_of(email: str, organisation_key: str | None = None) -> Membership:
    """The one membership of a person. Raises NotFound, or Conflict when several are possible."""
    found = Membership.objects.filter(user__email=email.strip().lower(), ended_at=None)
    if organisation_key:
        found = found.filter(organisation__key=organisation_key)
    held = list(found.select_related("organisation", "user").order_by("organisation__key"))
    if not held:
        raise NotFound(f"Nobody signs in as {email!r} there.")
    if len(held) > 1:
        keys = ", ".join(m.organisation.key for m in held)
        raise Conflict(f"{email} belongs to several organisations ({keys}): name one.")
    return held[0]
