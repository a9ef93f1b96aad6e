"""Set up the project and run it, with nothing but Python 3.11+ and pip on the machine.

    python3 run.py demo      set up, make the demonstration county, open the dashboard
    python3 run.py test      set up, run every test
    python3 run.py setup     set up only
    python3 run.py bundle    collect the wheels for a closed network into wheels/

`--offline DIR` (after any of them but bundle) installs from the wheels in DIR instead of an index.
Anything else after `demo` or `test` is passed on. On Windows write `py` for `python3`.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = BIN / ("python.exe" if sys.platform == "win32" else "python")
JUNHENG = BIN / ("junheng.exe" if sys.platform == "win32" else "junheng")


def pip(*arguments: str) -> None:
    """Run the machine's own pip on the project's environment (which needs no pip of its own)."""
    command = [sys.executable, "-m", "pip", "--python", str(PYTHON), "--disable-pip-version-check"]
    subprocess.run([*command, *arguments], check=True)


def fingerprint(requirements: Path) -> str:
    """Return what an environment must have been made from to be up to date."""
    parts = [requirements.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode()]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def set_up(requirements: Path, offline: str | None) -> None:
    """Make `.venv`, install the locked requirements and the application, once per change of either."""
    stamp = VENV / f"{requirements.stem}.stamp"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == fingerprint(requirements):
        return
    if not PYTHON.exists():
        venv.create(VENV, with_pip=False)
    source = ["--no-index", "--find-links", offline] if offline else []
    print("正在安装依赖，第一次约需一两分钟 / Installing, a minute or two the first time …", flush=True)
    pip("install", "-q", "--require-hashes", *source, "-r", str(requirements))
    pip("install", "-q", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    stamp.write_text(fingerprint(requirements))


def bundle() -> None:
    """Download every locked wheel into `wheels/`, to be carried to a closed network."""
    set_up(ROOT / "requirements" / "run.txt", None)
    requirements = str(ROOT / "requirements" / "test.txt")
    pip("download", "-q", "--require-hashes", "-r", requirements, "-d", str(ROOT / "wheels"))
    print("wheels/ ✓  python3 run.py demo --offline wheels")


def take_offline(arguments: list[str]) -> tuple[str | None, list[str]]:
    """Split `--offline DIR` from the arguments that are passed on."""
    if "--offline" not in arguments:
        return None, arguments
    at = arguments.index("--offline")
    if at + 1 >= len(arguments):
        sys.exit("--offline DIR：请写明离线安装包所在文件夹 / name the folder that holds the wheels")
    return str(Path(arguments[at + 1]).resolve()), arguments[:at] + arguments[at + 2 :]


def main() -> int:
    """Dispatch on the first word; print what can be done when it is missing or unknown."""
    if sys.version_info < (3, 11):
        sys.exit("需要 Python 3.11 或更高版本 / Python 3.11 or newer is needed")
    action, *rest = sys.argv[1:] or ["help"]
    if action not in ("demo", "test", "setup", "bundle"):
        print(__doc__)
        return 0 if action in ("help", "--help", "-h") else 2
    if action == "bundle":
        bundle()
        return 0
    offline, passed_on = take_offline(rest)
    set_up(ROOT / "requirements" / ("test.txt" if action == "test" else "run.txt"), offline)
    if action == "test":
        usual = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder", "--durations", "25"]
        return subprocess.run([PYTHON, "-m", "pytest", *(passed_on or usual)], cwd=ROOT).returncode
    if action == "demo":
        return subprocess.run([JUNHENG, "demo", *passed_on]).returncode
    print(f"{JUNHENG} --help")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failure:
        sys.exit(f"安装未完成，请看上面的提示 / setting up failed, see above ({failure.returncode})")
    except KeyboardInterrupt:
        sys.exit(130)
