"""The measures that protect an activity's data, by kind."""

from inventory.law.vocabulary import SafeguardKind
from inventory.reports.facts import Activity, Measure, Storage
from inventory.reports.record import Line, Span
from inventory.reports.telling import Blocks, Telling, bullets
from inventory.reports.texts import joined, strong, typed


def fill_security(tell: Telling, activity: Activity) -> Blocks | None:
    """Measures of the company, the activity and its systems; what systems do on their own."""
    told: dict[str, list[Line]] = {kind.value: [] for kind in SafeguardKind}
    for storage in activity.storages:
        for kind, line in _of_storage(tell, storage):
            told[kind].append(line)
    for measure in activity.measures:
        told.setdefault(measure.kind, []).append(_measure(tell, measure))
    lines = [_kind(tell, kind, found) for kind, found in told.items() if found]
    return bullets(lines) or tell.empty(activity.measures_state, "security")


def _kind(tell: Telling, kind: str, lines: list[Line]) -> Line:
    word = strong(tell.word("safeguard", kind).text)
    said = [line for line in dict.fromkeys(lines) if line]
    return tell.pair(word, joined(said, tell.between)) if said else (word,)


def _measure(tell: Telling, measure: Measure) -> Line:
    done: list[Line] = []
    if measure.last_done:
        done = [tell.wording.line("safeguard.last_done", day=tell.day(measure.last_done))]
    if not measure.description:
        return done[0] if done else ()
    return tell.aside(typed(measure.description), done)


def _of_storage(tell: Telling, storage: Storage) -> list[tuple[str, Line]]:
    """What is known of a system; its name stands with each."""
    ways = [way for way in ("at_rest", "in_transit") if getattr(storage, f"encrypted_{way}")]
    found: list[tuple[str, Line]] = []
    if ways:
        said = tell.listing([tell.wording.say(f"safeguard.{way}") for way in ways])
        found.append((SafeguardKind.ENCRYPTION, (Span(said),)))
    if storage.access_controlled:
        found.append((SafeguardKind.ACCESS_CONTROL, (typed(storage.access_policy),)))
    if storage.access_logged:
        found.append((SafeguardKind.LOGGING, ()))
    if storage.backed_up:
        found.append((SafeguardKind.BACKUP, (typed(storage.backup_cycle),)))
    name: list[Line] = [(typed(storage.name),)]
    return [
        (kind, tell.aside(line, name) if line and line[0].text else (typed(storage.name),))
        for kind, line in found
    ]
