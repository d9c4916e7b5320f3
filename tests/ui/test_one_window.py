"""One window per workplace, what it does by itself, and the ways out when it cannot open."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.errors import WorkplaceBusy
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import start
from izsa_desktop.ui.doorbell import Doorbell, ring
from izsa_desktop.ui.pages.backups_card import GoBackDialog
from izsa_desktop.ui.pages.trouble_page import TroublePage
from izsa_desktop.ui.pages.welcome_page import WelcomePage
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.workspace import SETTINGS
from izsa_desktop.usecases import backups, projects, upkeep
from izsa_desktop.usecases.holding import Hold
from izsa_desktop.usecases.workplace import open_workplace
from tests.ui.window import Bench, OpenBench

T = Translator("tr")


# --- one window ------------------------------------------------------------------------------------------------------


def test_a_second_start_raises_the_first_window_and_ends(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    b.opened.window.showMinimized()
    command = [sys.executable, "-m", "izsa_desktop", "--data", str(district / ".." / district.name)]
    with subprocess.Popen(command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}) as second:
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
        assert second.returncode == 0
    qtbot.waitUntil(lambda: not b.opened.window.isMinimized())
    assert b.opened.window.isVisible()


def test_a_second_window_that_comes_too_late_to_ring_closes_itself(bench: OpenBench, district: Path) -> None:
    first = bench(district)
    second = bench(district, show=True)
    first.qtbot.waitUntil(lambda: not second.opened.window.isVisible())
    assert second.opened.workspace is None
    assert len(first.shown_titles()) == 3


def test_nobody_answers_where_no_window_is_open(bench: OpenBench, district: Path, qapp: QApplication) -> None:
    assert not ring(district)
    bell = Doorbell(district, qapp)  # of a window that was killed: its socket may still lie there
    bell.deleteLater()
    hold = Hold(district)
    b = bench(district)
    page = b.opened.window.centralWidget()
    assert isinstance(page, TroublePage)
    assert T.error(WorkplaceBusy(str(district))) in page.text.text()
    hold.release()
    page.button.click()
    b.settle()
    assert len(b.shown_titles()) == 3
    with pytest.raises(WorkplaceBusy):
        Hold(district)


def test_the_folder_is_free_when_the_window_is_closed(bench: OpenBench, district: Path, qapp: QApplication) -> None:
    opened = start.open_window(district)
    opened.close()
    Hold(district).release()


def test_the_command_line_works_beside_the_window(bench: OpenBench, district: Path, qapp: QApplication) -> None:
    """What it enters is shown as soon as the window has the person's attention again."""
    b = bench(district)
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    b.settle()
    with open_workplace(district) as beside:
        projects.add_projects(beside, [ProjectFields(title="Komut satırından")])
    assert "Komut satırından" not in b.shown_titles()
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    b.settle()
    assert "Komut satırından" in b.shown_titles()


# --- by itself -------------------------------------------------------------------------------------------------------


def looked_after(b: Bench) -> None:
    b.workspace.caretaker.look_after()
    b.settle()
    b.qtbot.wait(1)
    b.settle()


def test_the_day_has_a_backup_and_the_week_a_check(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    looked_after(b)
    b.qtbot.waitUntil(lambda: not upkeep.check_is_due(b.workplace))
    assert [backup.occasion for backup in backups.list_backups(district)] == ["daily"]
    assert b.notices() == []
    looked_after(b)
    assert len(backups.list_backups(district)) == 1


def test_the_weekly_check_says_what_it_finds_and_leads_to_the_backups(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    with closing(sqlite3.connect(district / "izsa.sqlite3")) as connection:
        connection.execute("UPDATE revision SET body = CAST(replace(body, 'Amaç', 'Emeç') AS BLOB)")
        connection.commit()
    looked_after(b)
    b.qtbot.waitUntil(lambda: len(b.notices()) == 1)
    assert "Haftalık denetim" in b.notices()[0]
    assert upkeep.check_is_due(b.workplace)
    b.opened.window.toasts.shown[0].findChildren(QPushButton)[0].click()
    b.settle()
    assert b.workspace.pages.currentWidget() is b.workspace.settings


# --- going back ------------------------------------------------------------------------------------------------------


def test_going_back_from_the_settings_page(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    with open_workplace(district) as workplace:
        upkeep.backup_before(workplace, "merge")
        projects.add_projects(workplace, [ProjectFields(title="Sonradan")])
    b = bench(district, show=True)
    assert len(b.shown_titles()) == 4
    b.workspace.go_to(SETTINGS)
    b.settle()
    card = b.workspace.settings.backups
    rows = [button for button in card.findChildren(QPushButton) if button.text() == T("store.go_back")]
    assert len(rows) == 1
    assert T("occasion.merge") in rows[0].accessibleDescription()
    for accept in (False, True):
        rows[0].click()
        dialog = next(d for d in b.opened.window.findChildren(QDialog) if isinstance(d, GoBackDialog))
        dialog.done(QDialog.DialogCode.Accepted if accept else QDialog.DialogCode.Rejected)
        b.settle()
        assert len(b.shown_titles()) == (3 if accept else 4)
    assert [p.fields.title for p in b.stored(deleted=True)] == ["Sonradan"]
    assert b.notices() == [T("store.went_back", back=0, put_away=1)]
    with pytest.raises(WorkplaceBusy):
        Hold(district)


def test_a_damaged_database_is_mended_from_the_newest_sound_backup(bench: OpenBench, district: Path) -> None:
    with open_workplace(district) as workplace:
        upkeep.backup_before(workplace, "daily")
        newest = upkeep.backup_before(workplace, "merge")
    newest.write_bytes(newest.read_bytes()[:5000])
    (district / "izsa.sqlite3").write_bytes(b"nothing of the kind" * 300)
    b = bench(district)
    page = b.opened.window.centralWidget()
    assert isinstance(page, TroublePage)
    assert page.button.text() == T("store.restore_newest")
    assert (district / "izsa.sqlite3").read_bytes().startswith(b"nothing")
    page.button.click()
    b.settle()
    assert len(b.shown_titles()) == 3
    assert len(list((district / "damaged").iterdir())) == 1


def test_a_workplace_in_a_synchronised_folder_is_moved_to_this_pc(
    bench: OpenBench, district: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Dropbox").mkdir()
    synced = Path(shutil.move(district, tmp_path / "Dropbox" / "izsa"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "veri"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "veri"))
    b = bench(synced)
    page = b.opened.window.centralWidget()
    assert isinstance(page, TroublePage)
    assert "Dropbox" in page.text.text()
    page.button.click()
    b.settle()
    assert len(b.shown_titles()) == 3
    assert not b.workplace.folder.is_relative_to(tmp_path / "Dropbox")
    assert list(synced.glob("izsa-moved-*"))


def test_a_folder_from_which_a_workplace_was_moved_leads_to_ones_own(
    bench: OpenBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "veri"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "veri"))
    (tmp_path / "Nextcloud").mkdir()
    b = bench(tmp_path / "Nextcloud")
    page = b.opened.window.centralWidget()
    assert isinstance(page, TroublePage)
    assert page.button.text() == T("store.use_local")
    page.button.click()
    b.settle()
    assert isinstance(b.opened.window.centralWidget(), WelcomePage)
    assert not (tmp_path / "Nextcloud" / "izsa.sqlite3").exists()


# --- a folder that cannot be written ---------------------------------------------------------------------------------


@pytest.fixture
def read_only(district: Path, tmp_path: Path) -> Iterator[Path]:
    """The workplace where nothing can be written, for root too where the system lets it mount."""
    if os.name != "posix":
        pytest.skip("Windows has other rights")
    if os.getuid() != 0:
        places = (district, *district.rglob("*"))
        for place in places:
            place.chmod(0o555 if place.is_dir() else 0o444)
        yield district
        for place in places:
            place.chmod(0o755 if place.is_dir() else 0o644)
        return
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    for command in (["--bind", district, mounted], ["-o", "remount,bind,ro", mounted]):
        if subprocess.run(["mount", *map(str, command)], capture_output=True, check=False).returncode:
            subprocess.run(["umount", str(mounted)], capture_output=True, check=False)
            pytest.skip("root may write everywhere, and may not mount here")
    yield mounted
    subprocess.run(["umount", "-l", str(mounted)], check=True)


def test_a_read_only_folder_opens_with_a_banner(bench: OpenBench, read_only: Path) -> None:
    b = bench(read_only, show=True)
    assert len(b.shown_titles()) == 3
    said = [banner.text.text() for banner in b.opened.window.findChildren(Banner) if banner.isVisible()]
    assert said == [T("store.read_only", folder=str(read_only))]
    b.open("Çatı güneşi")
    b.type_into("unit", "Fen İşleri")
    b.editor.save()
    b.settle()
    assert b.editor.form.field("unit").value() == "Fen İşleri"  # what was typed stays
    assert any(str(read_only) in notice for notice in b.notices())


def test_yesterdays_check_is_not_due(bench: OpenBench, district: Path) -> None:
    with open_workplace(district) as workplace, workplace.store.writing() as writer:
        writer.set_meta({"checked": f"{datetime.now(UTC).date() - timedelta(days=1)}"})
    b = bench(district)
    assert not upkeep.check_is_due(b.workplace)
