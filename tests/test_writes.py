"""Only `inventory/services/` and migrations write: nothing else calls a verb of the ORM that
changes rows, nor SQL that does more than ask."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WRITERS = ("services", "migrations")
ALLOWED = {
    # createsuperuser and create_user are Django's own verbs on the manager
    "inventory/models/people.py": {"save"},
}
ALWAYS = {
    "bulk_create", "bulk_update", "get_or_create", "update_or_create", "create_user",
    "create_superuser", "executemany", "copy_from", "acreate", "aupdate", "adelete", "asave",
    "abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create", "call_command",
}  # fmt: skip
RELATED = {"add", "set", "remove", "clear"}
ROWS = {"objects", "_default_manager", "_base_manager"}
QUERIES = {
    "all", "filter", "exclude", "select_for_update", "order_by", "annotate", "distinct", "using",
    "in_bulk", "select_related", "prefetch_related", "visible",
}  # fmt: skip
ASKS = re.compile(
    r"\s*(SELECT|SHOW|EXPLAIN)\b(?!.*\b(INSERT|UPDATE|DELETE|INTO|nextval|set_config)\b)", re.DOTALL
)
RELATED_NAME = re.compile(r'related_name="(\w+)"')


def related_names() -> set[str]:
    """Accessors like `dataset.fields`, whose `add` and `set` write."""
    models = (ROOT / "inventory" / "models").glob("*.py")
    return {name for path in models for name in RELATED_NAME.findall(path.read_text())}


def writes(source: str, related: set[str]) -> Iterator[tuple[int, str]]:
    """The line and verb of each call that writes."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Attribute(attr=verb) if is_write(node, node.func, related):
                yield node.lineno, verb
            case ast.Name(id=verb) if verb in ALWAYS:
                yield node.lineno, verb


def is_write(call: ast.Call, func: ast.Attribute, related: set[str]) -> bool:
    match func.attr:
        case verb if verb in ALWAYS:
            return True
        case "save" | "delete":  # a file's save takes a path, a client's delete an address
            return not call.args
        case "create":
            return not call.args
        case "update":  # of a dictionary or digest takes what to add; of rows, keywords alone
            return not call.args or is_rows(func.value, related)
        case "execute" | "raw":
            return not (call.args and asks(call.args[0]))
        case "copy":  # a cursor's; a dictionary's takes nothing
            return bool(call.args)
        case verb if verb in RELATED:
            return isinstance(func.value, ast.Attribute) and func.value.attr in related
    return False


def is_rows(node: ast.expr, related: set[str]) -> bool:
    """A manager, a queryset, or something asked of one."""
    match node:
        case ast.Attribute(value=value, attr=name):
            return name in ROWS | related or is_rows(value, related)
        case ast.Call(func=ast.Attribute(value=value, attr=name)):
            return name in QUERIES or is_rows(value, related)
        case ast.Call(func=ast.Name(id=name)):
            return name in QUERIES
    return False


def asks(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and bool(ASKS.match(str(node.value)))


def test_only_services_and_migrations_write() -> None:
    related = related_names()
    found = []
    for path in sorted((ROOT / "inventory").rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if path.relative_to(ROOT / "inventory").parts[0] in WRITERS:
            continue
        allowed = ALLOWED.get(name, set())
        found += [
            f"{name}:{line} {verb}"
            for line, verb in writes(path.read_text(encoding="utf-8"), related)
            if verb not in allowed
        ]

    assert not found


@pytest.mark.parametrize(
    "planted",
    [
        "dataset.save()",
        "dataset.save(update_fields=['name'])",
        "form.save(commit=False)",
        "Dataset.objects.create(key='a')",
        "dataset.fields.create(name='a')",
        "Dataset.objects.bulk_create(rows)",
        "Dataset.objects.filter(pk=1).update(name='b')",
        "rows.update(name='b')",
        "Dataset.objects.filter(pk=1).update(*given)",
        "dataset.delete()",
        "visible(actor, Dataset).delete()",
        "Dataset.objects.get_or_create(key='a')",
        "User.objects.create_user('a@example.org', 'secret')",
        "dataset.fields.add(field)",
        "dataset.fields.set(fields)",
        "cursor.execute('UPDATE dataset SET name = %s', ['a'])",
        "cursor.execute('WITH gone AS (DELETE FROM dataset RETURNING 1) SELECT 1')",
        "cursor.execute(statement)",
        "cursor.copy('COPY dataset FROM STDIN')",
        "await Dataset.objects.acreate(key='a')",
        "call_command('load_demo')",
    ],
)
def test_a_planted_write_is_found(planted: str) -> None:
    source = f"async def view(request):\n    {planted}\n"

    assert [line for line, _ in writes(source, {"fields"})] == [2]


@pytest.mark.parametrize(
    "innocent",
    [
        "found.update({'a': 1})",
        "digest.update(b'a')",
        "seen.add('a')",
        "values.copy()",
        "names.remove('a')",
        "book.save(path)",
        "client.delete('/api/v1/datasets/a')",
        "cursor.execute('SELECT 1')",
        "Dataset.objects.filter(key='a').first()",
        "copy(value)",
        "services.put_dataset(actor, key, data)",
    ],
)
def test_what_writes_no_row_is_left_alone(innocent: str) -> None:
    assert not list(writes(innocent, {"fields"}))
