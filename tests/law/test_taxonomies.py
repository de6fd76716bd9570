"""Categories, record classes, the world and recognitions."""

from datetime import date

from inventory.law.vocabulary import DataClass, Mark


def test_a_view_is_kept_with_its_citation_and_mark(small_law):
    health = small_law.load().categories["health"]
    assert health.classes == {"utopia": DataClass.SPECIAL}
    assert str(health.citations["utopia"]) == "U 9"
    assert health.marks == {"utopia": Mark.CHECKED}


def test_one_entry_recognises_several_countries(small_law):
    law = small_law.load()
    assert {r.destination for r in law.recognitions} == {"FR", "BR"}
    assert law.recognised("utopia", "BR", date(2022, 2, 1)) == ()
    assert len(law.recognised("utopia", "BR", date(2022, 2, 2))) == 1
    assert law.recognised("utopia", "BR", date(2025, 5, 5)) == ()


def test_the_same_recognition_may_follow_itself_but_not_overlap(small_law):
    entry = small_law.files["adequacy.toml"]
    later = entry.replace("2022-02-02", "2025-05-05").replace("until = 2025-05-05\n", "")
    small_law.files["adequacy.toml"] = entry + "\n" + later
    assert len(small_law.load().recognitions) == 4
    small_law.files["adequacy.toml"] = entry + "\n" + later.replace("2025-05-05", "2025-05-04")
    refusal = small_law.refuse()
    assert (refusal.line, refusal.why) == (11, "FR is recognised twice at once")


def test_an_undated_recognition_counts_from_its_regime(small_law):
    small_law.change("adequacy.toml", "since = 2022-02-02\n", "")
    recognition = small_law.load().recognitions[0]
    assert (recognition.since, recognition.dated) == (date(2020, 1, 1), False)


def test_a_later_row_of_the_world_table_is_a_change_of_level(small_law):
    chile = small_law.load().countries["CL"]
    assert chile.level == "legislation"
    assert chile.changes == ((date(2026, 12, 1), "authority_and_law"),)
