"""What is missing is named, and installed only where that can work."""

import pytest

from deploy import packages
from deploy.packages import Need
from deploy.place import Refused

THERE = Need("a thing", lambda: True, ("thing",))
GONE = Need("Pango", lambda: False, ("libpango-1.0-0",))


def test_nothing_is_installed_where_nothing_is_missing(monkeypatch):
    monkeypatch.setattr(packages, "install", lambda _names: pytest.fail("installed"))
    packages.ensure([THERE])


def test_only_what_is_missing_is_installed(monkeypatch):
    installed = []
    need = Need("Pango", lambda: bool(installed), ("libpango-1.0-0",))
    monkeypatch.setattr(packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(packages, "install", installed.extend)
    packages.ensure([THERE, need])
    assert installed == ["libpango-1.0-0"]


def test_without_apt_the_refusal_says_exactly_what_to_install(monkeypatch):
    monkeypatch.setattr(packages.shutil, "which", lambda _name: None)
    with pytest.raises(Refused, match=r"- Pango \(Debian calls it libpango-1.0-0\)"):
        packages.ensure([THERE, GONE])


def test_what_is_still_missing_after_installing_is_refused(monkeypatch):
    monkeypatch.setattr(packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(packages, "install", lambda _names: None)
    with pytest.raises(Refused, match="Pango"):
        packages.ensure([GONE])


def test_ubuntus_snap_stub_of_chromium_is_not_installed(monkeypatch):
    monkeypatch.setattr(packages, "is_ubuntu", lambda: True)
    monkeypatch.setattr(packages, "install", lambda _names: pytest.fail("installed"))
    with pytest.raises(Refused, match="snap"):
        packages.ensure([Need("Chromium", lambda: False, ("chromium",))])


@pytest.mark.parametrize(("line", "ubuntu"), [("ID=ubuntu", True), ("ID=debian", False)])
def test_ubuntu_is_told_from_debian(tmp_path, line, ubuntu):
    release = tmp_path / "os-release"
    release.write_text(f'NAME="x"\n{line}\nID_LIKE=debian\n')
    assert packages.is_ubuntu(release) is ubuntu


def test_an_ordinary_user_without_sudo_is_told_to_be_root_once(monkeypatch):
    monkeypatch.setattr(packages.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(packages.shutil, "which", lambda _name: None)
    with pytest.raises(Refused, match="once as root, or install sudo"):
        packages.become_root()
