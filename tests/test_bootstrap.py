"""The bootstrap, as far as it shows without setting up a machine, and the lock files."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import bootstrap

posix = pytest.mark.skipif(os.name != "posix", reason="needs a shell and links")

LDD = """\
/x/QtCore.abi3.so:
\tlinux-vdso.so.1 (0x00007ffd)
\tlibEGL.so.1 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
/x/libqxcb.so:
\tlibxcb-cursor.so.0 => not found
\tlibEGL.so.1 => not found
"""


def test_each_missing_library_is_named_once() -> None:
    assert bootstrap.missing_libraries(LDD) == ["libEGL.so.1", "libxcb-cursor.so.0"]


@pytest.mark.parametrize(
    ("library", "before_t64", "after_t64"),
    [
        ("libEGL.so.1", "libegl1", "libegl1"),
        ("libX11.so.6", "libx11-6", "libx11-6"),
        ("libX11-xcb.so.1", "libx11-xcb1", "libx11-xcb1"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11-0"),
        ("libgssapi_krb5.so.2", "libgssapi-krb5-2", "libgssapi-krb5-2"),
        ("libstdc++.so.6", "libstdc++6", "libstdc++6"),
        ("libasound.so.2", "libasound2", "libasound2t64"),
        ("libgthread-2.0.so.0", "libglib2.0-0", "libglib2.0-0t64"),
        ("libsmime3.so", "libnss3", "libnss3"),
        ("libunheard.so", None, None),
    ],
)
def test_debian_names_its_packages_after_the_libraries(library: str, before_t64: str, after_t64: str) -> None:
    assert bootstrap.debian_package(library, t64=False) == before_t64
    assert bootstrap.debian_package(library, t64=True) == after_t64


@posix
def test_packages_are_installed_by_apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = fake_apt(tmp_path, monkeypatch, "exit 0")
    bootstrap.apt_install(["libegl1", "libnss3"])
    assert calls.read_text() == "-q update\n-q install -y --no-install-recommends libegl1 libnss3\n"


@posix
def test_a_failing_apt_ends_with_the_line_to_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_apt(tmp_path, monkeypatch, "exit 100")
    with pytest.raises(bootstrap.SetupError, match="sudo apt-get install -y --no-install-recommends libegl1"):
        bootstrap.apt_install(["libegl1"])


@posix
def test_who_may_not_install_is_given_the_line_to_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = fake_apt(tmp_path, monkeypatch, "exit 0")
    monkeypatch.setattr(bootstrap, "is_root", lambda: False)
    with pytest.raises(bootstrap.SetupError, match="sudo apt-get update && sudo apt-get install"):
        bootstrap.apt_install(["libegl1"])
    assert not calls.exists()


def fake_apt(folder: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> Path:
    """Make an apt-get that notes how it was called, the only one to be found; there is no sudo."""
    calls, commands = folder / "calls", folder / "bin"
    commands.mkdir()
    program = commands / "apt-get"
    program.write_text(f'#!/bin/sh\necho "$@" >> {calls}\n{ending}\n')
    program.chmod(0o755)
    (commands / "env").symlink_to("/usr/bin/env")
    monkeypatch.setenv("PATH", str(commands))
    monkeypatch.setattr(bootstrap, "is_root", lambda: True)
    return calls


def test_only_root_gives_up_the_sandbox() -> None:
    name = "QTWEBENGINE_DISABLE_SANDBOX"
    assert name not in bootstrap.qt_environment({}, offscreen=True, root=False, graphics_card=False)
    assert bootstrap.qt_environment({}, offscreen=False, root=True, graphics_card=True) == {name: "1"}


def test_drawing_by_software_is_for_machines_without_a_graphics_card() -> None:
    assert bootstrap.qt_environment({}, offscreen=False, root=False, graphics_card=True) == {}
    without = bootstrap.qt_environment({}, offscreen=False, root=False, graphics_card=False)
    assert without == bootstrap.SOFTWARE_DRAWING
    assert bootstrap.qt_environment({}, offscreen=True, root=False, graphics_card=True).items() > without.items()


def test_what_a_person_has_set_stays() -> None:
    own = {"QT_QPA_PLATFORM": "vnc", "QTWEBENGINE_CHROMIUM_FLAGS": "", "LC_ALL": "tr_TR.UTF-8"}
    made = bootstrap.qt_environment(own, offscreen=True, root=True, graphics_card=False)
    assert made.items() > own.items()


def test_letters_beyond_ascii_are_never_lost() -> None:
    made = bootstrap.qt_environment({"LC_ALL": "C"}, offscreen=False, root=False, graphics_card=True)
    assert made == {"LC_ALL": "C.UTF-8"}


def test_a_linux_has_a_screen_when_a_display_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "LINUX", True)
    assert bootstrap.has_screen({"DISPLAY": ":0"})
    assert bootstrap.has_screen({"WAYLAND_DISPLAY": "wayland-0"})
    assert not bootstrap.has_screen({"DISPLAY": ""})
    monkeypatch.setattr(bootstrap, "LINUX", False)
    assert bootstrap.has_screen({})


@posix
def test_only_an_earlier_demonstration_is_removed(tmp_path: Path) -> None:
    made, foreign, link = tmp_path / "made", tmp_path / "foreign", tmp_path / "link"
    for folder in (made, foreign):
        folder.mkdir()
        (folder / "file").touch()
    (made / bootstrap.DEMO_MARKER).touch()
    link.symlink_to(made)
    for kept in (foreign, foreign / "file", link):
        with pytest.raises(bootstrap.SetupError, match="Move it away"):
            bootstrap.remove_demo(kept)
        assert kept.exists()
    bootstrap.remove_demo(made)
    assert not made.exists()
    bootstrap.remove_demo(made)


def test_an_environment_is_made_anew_only_when_its_inputs_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Making one would fail here, where the folder is no environment: only the last ``prepare`` tries."""
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "x.lock").write_text("a==1\n")
    made = bootstrap.Environment(".venv", "x.lock")
    made.scripts.mkdir(parents=True)
    made.python.touch()
    for name, fingerprint in made.fingerprints().items():
        made.stamp(name, fingerprint)
    made.prepare()
    made.lock.write_text("a==2\n")
    with pytest.raises(bootstrap.SetupError, match="is not a Python environment"):
        made.prepare()


def test_an_old_python_is_told_which_ones_will_do() -> None:
    script = "import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_path('bootstrap.py', run_name='__main__')"
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=bootstrap.ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 1
    assert "needs one from 3.11 to 3.14" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_command_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main([]) == bootstrap.main(["install"]) == 2
    assert "bootstrap.py test" in capsys.readouterr().err


def read_lock(name: str) -> dict[str, str]:
    text = (bootstrap.ROOT / "requirements" / name).read_text(encoding="utf-8")
    assert "://" not in text, "a lock file names no registry"
    entries = re.findall(r"^([a-z0-9-]+)==(\S+)[^\n]*\\\n    --hash=sha256:", text, flags=re.MULTILINE)
    assert len(entries) == len(re.findall(r"^[^#\s]", text, flags=re.MULTILINE)), "every line has its hashes"
    return dict(entries)


def declared() -> dict[str, str]:
    """The direct dependencies of pyproject.toml, each with its requirement."""
    project = tomllib.loads((bootstrap.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = [
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    requirements = [entry for entries in lists for entry in entries if isinstance(entry, str)]
    return {re.split("[^a-z0-9-]", requirement)[0]: requirement for requirement in requirements}


def test_the_lock_files_agree_and_the_core_has_no_qt() -> None:
    full, core = read_lock("full.lock"), read_lock("core.lock")
    assert core.items() < full.items()
    assert not {name for name in core if "qt" in name or "pyside" in name or "shiboken" in name}
    assert declared()["pyside6-addons"] == f"pyside6-addons=={full['pyside6-addons']}"


def test_every_direct_dependency_is_locked_and_explained() -> None:
    text = (bootstrap.ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| ([a-z0-9][a-z0-9-]*) \| ", text, flags=re.MULTILINE))
    assert explained == declared().keys()
    assert declared().keys() <= read_lock("full.lock").keys()
