"""Is this process able to serve? Asked by `make run`, load balancers and container platforms."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

_migrated = False  # once applied, migrations stay applied while this program runs


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and is migrated, otherwise 503; it tells nothing more."""
    problem = find_problem()
    answer = HttpResponse(
        f"{problem or 'ok'}\n", content_type="text/plain", status=503 if problem else 200
    )
    answer["Cache-Control"] = "no-store"
    return answer


def find_problem() -> str | None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return None if is_migrated() else "migrations are missing"
    except DatabaseError:
        return "the database does not answer"


def is_migrated() -> bool:
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated
