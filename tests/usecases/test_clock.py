"""Clocks that are wrong or jump, time zones, locales: no save is refused, reordered or written otherwise."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from izsa_desktop.usecases import backups, projects, upkeep
from izsa_desktop.usecases.workplace import open_workplace
from tests.usecases.line import Line, enter, export, merge, state_hash

CLOCKS = ("2026-03-14T12:00:00Z", "2009-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "1970-01-01T00:00:01Z")


def _set_clock(patch: pytest.MonkeyPatch, now: str) -> None:
    digits = now.translate({ord(sign): None for sign in "-:TZ"})
    for module in ("projects", "exchange", "numbering", "enrolment"):
        patch.setattr(f"izsa_desktop.usecases.{module}.utc_now", lambda: now)
    patch.setattr("izsa_desktop.usecases.upkeep.stamp", lambda: f"{digits[:8]}-{digits[8:]}-000000")


def test_the_last_save_counts_whatever_the_clock_said(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [id_] = enter(line.bornova, "İlk")
    bundles = []
    for n, now in enumerate(CLOCKS):
        _set_clock(monkeypatch, now)
        with open_workplace(line.bornova) as workplace:
            fields = replace(projects.get_project(workplace, id_).fields, title=f"Başlık {n}")
            saved = projects.save_project(workplace, id_, fields)
            assert (saved.fields.title, saved.conflicts, saved.updated) == (f"Başlık {n}", (), now)
            assert upkeep.backup_of_the_day(workplace).exists()
        bundles.append(export(line.bornova, tmp_path / f"{n}.izsa"))
        assert [r.code for r in merge(line.office, bundles[-1])] == [0]
    with open_workplace(line.office) as office:
        project = projects.get_project(office, id_)
        assert (project.fields.title, project.conflicts) == ("Başlık 3", ())
        walls = [entry.wall for entry in projects.history(office, id_)]
        assert walls[1:] == list(CLOCKS)
    assert len(backups.list_backups(line.bornova)) == len(CLOCKS)
    hashes = {state_hash(line.office)}
    for order in ((3, 2, 1, 0), (2, 0, 3, 1)):
        merge(line.office, *(bundles[n] for n in order))
        hashes.add(state_hash(line.office))
    assert len(hashes) == 1


BUNDLE = """
import hashlib, locale, sys
from pathlib import Path
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    sys.exit(3)
from izsa_desktop.bundle import file
from izsa_desktop.usecases.workplace import open_workplace
with open_workplace(Path(sys.argv[1])) as workplace:
    with workplace.store.reading() as reader:
        revisions = list(reader.revisions())
    data, _ = file.write(
        file.Contents(revisions), file.Place(seq=1), to="TUR035", created="2026-03-14T12:00:00Z", key=workplace.key(),
        sender=file.Sender(workplace.identity.body, workplace.identity.replica),
    )
print(hashlib.sha256(data).hexdigest())
"""


def test_no_locale_and_no_time_zone_changes_a_byte_of_a_bundle(line: Line) -> None:
    enter(line.bornova, "İğne, ıhlamur, ŞİŞLİ 1.5", "ısı")
    made = {}
    for locale, zone in (("C", "UTC"), ("tr_TR.UTF-8", "Europe/Istanbul"), ("C.UTF-8", "Pacific/Apia")):
        env = os.environ | {"LC_ALL": locale, "LANG": locale, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", BUNDLE, str(line.bornova)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
        if done.returncode != 3:  # this system has the locale
            assert done.stderr == ""
            made[locale] = done.stdout
    assert len(made) >= 2
    assert len(set(made.values())) == 1
