"""Set up this checkout and start İZSA Desktop, or test it: ``python bootstrap.py run|test``.

Rules of this file: the standard library alone; nothing is installed but what a lock file names, hash by hash; a step
is repeated only when its inputs changed; nothing is deleted that this file did not make; whatever a person can mend
ends in one sentence (``SetupError``), in English and in Turkish, with status 1.
"""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 14)
if not OLDEST <= sys.version_info[:2] <= NEWEST:
    sys.exit(
        f"This Python is {platform.python_version()}; İZSA Desktop needs one from 3.11 to 3.14. Install it and start "
        "bootstrap.py with it.\n"
        f"Bu Python {platform.python_version()}; İZSA Masaüstü için 3.11-3.14 arası bir sürüm gerekir. Onu kurup "
        "bootstrap.py dosyasını onunla başlatın."
    )

ROOT = Path(__file__).resolve().parent
LINUX = sys.platform.startswith("linux")
WINDOWS = sys.platform == "win32"
DEMO_FOLDER = "demo-output"
DEMO_MARKER = ".made-by-run"
USAGE = """usage: bootstrap.py run [arguments of the program]
       bootstrap.py test [arguments of pytest]
       bootstrap.py lock [arguments of uv pip compile]"""

# Without a graphics card Chromium and Qt Quick draw by software; Qt's own choice would be a GL that is not there.
SOFTWARE_DRAWING = {
    "QT_QUICK_BACKEND": "software",
    "QSG_RHI_BACKEND": "null",
    "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu --log-level=3",
}

# What the program loads of Qt; ldd follows what these need in turn.
QT_FILES = (
    "QtWebEngineWidgets.abi3.so",
    "QtPdfWidgets.abi3.so",
    "QtPrintSupport.abi3.so",
    "QtSvg.abi3.so",
    "Qt/libexec/QtWebEngineProcess",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/printsupport/libcupsprintersupport.so",
)
QT_WAYLAND_FILES = (
    "Qt/plugins/platforms/libqwayland.so",
    "Qt/plugins/wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
    "Qt/plugins/wayland-shell-integration/libxdg-shell.so",
)

# Debian names a package after the library in it (libEGL.so.1: libegl1), but for these.
DEBIAN_EXCEPTIONS = {
    "libglib2.0-0": {"libgio-2.0.so.0", "libglib-2.0.so.0", "libgobject-2.0.so.0", "libgthread-2.0.so.0"},
    "libnspr4": {"libnspr4.so", "libplc4.so", "libplds4.so"},
    "libnss3": {"libnss3.so", "libnssutil3.so", "libsmime3.so"},
}
# These were renamed to NAMEt64 with the change to 64-bit times (Debian 13, Ubuntu 24.04).
DEBIAN_T64 = {"libasound2", "libcups2", "libglib2.0-0"}


class SetupError(Exception):
    """Something a person has to do before this can go on; printed, then status 1."""


# --- System packages -------------------------------------------------------------------------------------------------


def missing_libraries(ldd_output: str) -> list[str]:
    """The libraries that ldd did not find, each once, in the order of their names."""
    lines = (line.split() for line in ldd_output.splitlines() if line.endswith("not found"))
    return sorted({words[0] for words in lines if words[1] == "=>"})


def debian_package(library: str, *, t64: bool) -> str | None:
    """The Debian package that holds a library, if its name follows from the library's."""
    named = re.fullmatch(r"(lib[\w.+-]+)\.so\.(\d+)", library)
    package = next((name for name, libraries in DEBIAN_EXCEPTIONS.items() if library in libraries), None)
    if package is None and named:
        stem, version = named[1].lower().replace("_", "-"), named[2]
        package = stem + ("-" if stem[-1].isdigit() else "") + version
    return f"{package}t64" if t64 and package in DEBIAN_T64 else package


def has_t64_names() -> bool:
    """Whether this Debian or Ubuntu is one that renamed packages to ...t64: it then has some of them installed."""
    query = subprocess.run(["dpkg-query", "-W", "-f", "${Package}\n", "*t64"], capture_output=True, check=False)
    return bool(query.stdout.strip())


def apt_install(packages: list[str]) -> None:
    """Install Debian packages as root or through sudo; where that may not be, say the line to type."""
    options = ["install", "-y", "--no-install-recommends", *packages]
    line = f"apt-get update && sudo apt-get {' '.join(options)}"
    ask = SetupError(
        f"Some system packages are missing. Type this line, then start again:\n"
        f"Bazı sistem paketleri eksik. Şu satırı yazın, sonra yeniden başlatın:\n\n    sudo {line}\n"
    )
    prefix = [] if is_root() else ["sudo"]
    if prefix and not may_sudo():
        raise ask
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    # One stale package source makes the update fail although the packages may be at hand: only the install decides.
    subprocess.run([*apt, "update"], check=False)
    if subprocess.run([*apt, *options], check=False).returncode:
        raise ask


def is_root() -> bool:
    return not WINDOWS and os.geteuid() == 0


def may_sudo() -> bool:
    """Whether sudo works without a password, or a person is there to type it."""
    if not shutil.which("sudo"):
        return False
    quiet = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return quiet.returncode == 0 or sys.stdin.isatty()


def need_venv_module() -> None:
    """Debian keeps the part of Python that makes environments in a package of its own."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not shutil.which("apt-get"):
            raise SetupError(
                f"This Python cannot make environments: install its venv and ensurepip modules ({package}).\n"
                f"Bu Python ortam oluşturamıyor: venv ve ensurepip modüllerini kurun ({package})."
            ) from None
        apt_install([package])


def need_qt_libraries(site_packages: Path, environ: dict[str, str]) -> None:
    """Make sure that everything Qt links to is installed (Linux; elsewhere the wheels hold all)."""
    files = QT_FILES + (QT_WAYLAND_FILES if environ.get("WAYLAND_DISPLAY") else ())
    missing = missing_libraries(ldd(site_packages / "PySide6", files))
    if not missing:
        return
    if shutil.which("apt-get"):
        t64 = has_t64_names()
        names = {debian_package(library, t64=t64) for library in missing}
        apt_install(sorted(name for name in names if name))
        missing = missing_libraries(ldd(site_packages / "PySide6", files))
    if missing:
        listed = ", ".join(missing)
        raise SetupError(
            f"Qt needs these libraries of the system; install the packages that hold them: {listed}\n"
            f"Qt için şu sistem kitaplıkları gerekli; bunları içeren paketleri kurun: {listed}"
        )


def want_test_tools() -> None:
    """Stock minisign checks our bundles, strace records what reaches the disk; tests that lack one are skipped."""
    missing = [tool for tool in ("minisign", "strace", "age") if not shutil.which(tool)]
    if LINUX and missing and shutil.which("apt-get") and (is_root() or may_sudo()):
        apt_install(missing)


def ldd(folder: Path, files: tuple[str, ...]) -> str:
    command = ["ldd", *(str(folder / file) for file in files)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


# --- Python environments ---------------------------------------------------------------------------------------------


class Environment:
    """A virtual environment made from one lock file, with this checkout installed in it."""

    def __init__(self, folder: str, lock: str) -> None:
        self.folder = ROOT / folder
        self.lock = ROOT / "requirements" / lock
        self.scripts = self.folder / ("Scripts" if WINDOWS else "bin")
        self.python = self.script("python")
        if WINDOWS:
            self.site_packages = self.folder / "Lib" / "site-packages"
        else:
            version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
            self.site_packages = self.folder / "lib" / version / "site-packages"

    def script(self, name: str) -> Path:
        return self.scripts / (f"{name}.exe" if WINDOWS else name)

    def prepare(self) -> None:
        """Make the environment anew if its lock file or Python changed; install the checkout if its metadata did."""
        wanted = self.fingerprints()
        if not self.python.exists() or self.stamp("lock") != wanted["lock"]:
            self.create()
            self.stamp("lock", wanted["lock"])
        if self.stamp("project") != wanted["project"]:
            self.pip("--no-index", "--no-build-isolation", "--editable", str(ROOT))
            self.stamp("project", wanted["project"])

    def fingerprints(self) -> dict[str, str]:
        """What the environment must have been made from; it holds its own path, so that is a part."""
        place = f"{sys.version} {self.folder}".encode()
        return {
            "lock": hashlib.sha256(self.lock.read_bytes() + place).hexdigest(),
            "project": hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest(),
        }

    def create(self) -> None:
        if self.folder.exists() and not (self.folder / "pyvenv.cfg").exists():
            raise SetupError(
                f"{self.folder} is in the way: it is not a Python environment. Move it away and start again.\n"
                f"{self.folder} bir Python ortamı değil. Başka yere taşıyıp yeniden başlatın."
            )
        need_venv_module()
        print(f"Installing the libraries of {self.lock.name} into {self.folder.name} (some minutes)", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(self.folder)], check=True)
        self.pip("--require-hashes", "--only-binary", ":all:", "-r", str(self.lock))

    def pip(self, *arguments: str) -> None:
        """The lock file is closed under dependencies, so pip never looks for any."""
        command = [str(self.python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps"]
        quiet = [] if sys.stdout.isatty() else ["--quiet"]
        if subprocess.run([*command, *quiet, *arguments], check=False, cwd=ROOT).returncode:
            raise SetupError(
                "The Python libraries could not be installed; pip says why above. Either the network is down, or this "
                f"system ({platform.platform()}) is none of those for which they are ready-made: Windows x64, macOS 13 "
                "and later on Apple silicon, Linux x86-64 with glibc 2.34 and later.\n"
                "Python kitaplıkları kurulamadı; nedeni yukarıda yazıyor. İnternet bağlantısını denetleyip yeniden "
                "başlatın."
            )

    def stamp(self, name: str, value: str | None = None) -> str:
        """Read, or write, what the environment was made from."""
        file = self.folder / f"izsa-{name}.sha256"
        if value is not None:
            file.write_text(value, encoding="ascii")
        return file.read_text(encoding="ascii") if file.exists() else ""


# --- What Qt is told by environment variables ------------------------------------------------------------------------


def has_screen(environ: dict[str, str]) -> bool:
    return not LINUX or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def qt_environment(environ: dict[str, str], *, offscreen: bool, root: bool, graphics_card: bool) -> dict[str, str]:
    """The variables with which Qt runs well on this machine; what a person has set stays.

    ``offscreen`` draws into memory. Chromium's sandbox refuses to work for root, so it is off for root and for no one
    else.
    """
    wanted = dict(environ)
    if root:
        wanted.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    if offscreen:
        wanted.setdefault("QT_QPA_PLATFORM", "offscreen")
    if offscreen or not graphics_card:
        for name, value in SOFTWARE_DRAWING.items():
            wanted.setdefault(name, value)
    if wanted.get("LC_ALL") in ("C", "POSIX"):
        wanted["LC_ALL"] = "C.UTF-8"  # Qt and Python would take file names and letters for ASCII
    return wanted


def linux_qt_environment(*, offscreen: bool) -> dict[str, str]:
    """``qt_environment`` for this process; Windows and macOS always have a screen and need nothing."""
    if not LINUX:
        return dict(os.environ)
    card = any(Path("/dev/dri").glob("*"))
    return qt_environment(dict(os.environ), offscreen=offscreen, root=is_root(), graphics_card=card)


# --- The commands ----------------------------------------------------------------------------------------------------


def prepare_full() -> Environment:
    full = Environment(".venv", "full.lock")
    full.prepare()
    if LINUX:
        need_qt_libraries(full.site_packages, dict(os.environ))
    return full


def run(arguments: list[str]) -> int:
    """Open the program; without a screen, do the whole demo line and leave its results in a folder."""
    full = prepare_full()
    if has_screen(dict(os.environ)):
        command = [str(full.python), "-m", "izsa_desktop", *arguments]
        environ = linux_qt_environment(offscreen=False)
        if WINDOWS:
            return status(subprocess.run(command, check=False, env=environ))
        os.execve(command[0], command, environ)
    print("No screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): the demonstration runs without a window.")
    print("Ekran yok (DISPLAY ve WAYLAND_DISPLAY boş): gösterim penceresiz çalışıyor.", flush=True)
    return demonstrate(full, ROOT / DEMO_FOLDER)


def demonstrate(full: Environment, folder: Path) -> int:
    remove_demo(folder)
    folder.mkdir()
    (folder / DEMO_MARKER).touch()
    command = [str(full.script("izsa")), "demo", "-o", folder.name, "--screenshot"]
    return status(subprocess.run(command, check=False, cwd=folder.parent, env=linux_qt_environment(offscreen=True)))


def remove_demo(folder: Path) -> None:
    """Remove the results of an earlier demonstration, and nothing else."""
    if (folder / DEMO_MARKER).is_file() and not folder.is_symlink():
        shutil.rmtree(folder)
    elif os.path.lexists(folder):
        raise SetupError(
            f"{folder} is in the way and was not made by this command. Move it away and start again.\n"
            f"{folder} bu komutla oluşturulmamış. Başka yere taşıyıp yeniden başlatın."
        )


SIDE_BY_SIDE = ("-n", "auto", "--maxprocesses", "4", "--dist", "worksteal")
"""Tests share the machine; each process draws its windows into a memory of its own."""
WITH_QT = ("ui", "faults")
WITH_AND_WITHOUT_QT = ("cli", "reports")
"""Suites of which some tests do more where Qt is."""


def test(arguments: list[str]) -> int:
    """All checks and all suites; with arguments, pytest alone with these arguments."""
    full = prepare_full()
    if arguments:
        return step("pytest", [full.python, "-m", "pytest", *arguments])
    want_test_tools()
    core = Environment(".venv-core", "core.lock")
    core.prepare()
    steps: dict[str, list[Path | str]] = {
        "ruff check": [full.python, "-m", "ruff", "check"],
        "ruff format": [full.python, "-m", "ruff", "format", "--check"],
        "mypy": [full.python, "-m", "mypy"],
        "import contracts": [full.script("lint-imports")],
        # Each suite once: everything that needs no window where there is none, the rest where there is one.
        "pytest without Qt": [core.python, "-m", "pytest", *SIDE_BY_SIDE, *(f"--ignore=tests/{n}" for n in WITH_QT)],
        "pytest": [
            full.python,
            "-m",
            "pytest",
            *SIDE_BY_SIDE,
            *(f"tests/{n}" for n in (*WITH_QT, *WITH_AND_WITHOUT_QT)),
        ],
    }
    failed = [name for name, command in steps.items() if step(name, command)]
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


def step(name: str, command: list[Path | str]) -> int:
    print(f"\n== {name}", flush=True)
    words = [str(word) for word in command]
    return status(subprocess.run(words, check=False, cwd=ROOT, env=linux_qt_environment(offscreen=True)))


def lock(arguments: list[str]) -> int:
    """Write the lock files anew from pyproject.toml; versions stay unless ``--upgrade`` is given."""
    if not shutil.which("uv"):
        raise SetupError(
            "Lock files are made by uv; install it first.\nKilit dosyalarını uv oluşturur; önce onu kurun."
        )
    common = ["uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version", "3.11"]
    common += ["--fork-strategy", "fewest", "--generate-hashes", "--only-binary", ":all:", "--no-emit-index-url"]
    common += ["--custom-compile-command", "python bootstrap.py lock"]
    full = ["--extra", "gui", "--group", "dev", "--output-file", "requirements/full.lock", *arguments]
    core = ["--group", "build", "--group", "test", "--output-file", "requirements/core.lock"]
    core += ["--constraints", "requirements/full.lock", *arguments]
    for options in (full, core):
        result = subprocess.run([*common, *options], check=False, cwd=ROOT)
        if result.returncode:
            return status(result)
    return 0


def status(process: "subprocess.CompletedProcess[bytes]") -> int:
    """The exit status as a shell would tell it: 128 + N for a process ended by signal N."""
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


def main(arguments: list[str]) -> int:
    commands = {"run": run, "test": test, "lock": lock}
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # old consoles lack Turkish letters
    if not arguments or arguments[0] not in commands:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        return commands[arguments[0]](arguments[1:])
    except SetupError as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
