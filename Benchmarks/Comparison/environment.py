"""A Python with the engines in it, made on first use."""
import os
import pathlib
import shutil
import subprocess
import sys

# Debian's own Python, because its packages of Xapian are for no other.
SYSTEM_PYTHON = "/usr/bin/python3"
DEBIAN_PACKAGES = ["python3-venv", "python3-xapian"]
PYPI_PACKAGES = ["tantivy==0.27.0", "bm25s==0.3.16", "numba"]
MARK = "LOQUAT_COMPARE_ENVIRONMENT"


def enter(folder, script):
    """Starts the script again within the environment, unless it runs there."""
    if os.environ.get(MARK) == str(folder):
        return
    python = pathlib.Path(folder) / "bin" / "python"
    if not python.exists():
        make(folder)
    check_packages(folder, python)
    os.environ[MARK] = str(folder)
    os.execv(python, [str(python), script, *sys.argv[1:]])


def make(folder):
    if not pathlib.Path(SYSTEM_PYTHON).exists():
        sys.exit(f"compare: {SYSTEM_PYTHON} is missing; the comparison needs Debian or Ubuntu")
    install_debian_packages()
    print(f"compare: making {folder}", file=sys.stderr)
    pathlib.Path(folder).parent.mkdir(parents=True, exist_ok=True)
    run([SYSTEM_PYTHON, "-m", "venv", "--system-site-packages", folder])


def install_debian_packages():
    """Installs what is missing; without apt-get or the right to use it, the engines concerned are left out later."""
    missing = [name for name in DEBIAN_PACKAGES if subprocess.run(["dpkg", "-s", name], capture_output=True).returncode]
    if not missing or not shutil.which("apt-get"):
        return
    print("compare: installing", *missing, file=sys.stderr)
    command = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "install", "--yes", "--no-install-recommends", *missing]
    subprocess.run(command if os.geteuid() == 0 else ["sudo", *command], stdin=subprocess.DEVNULL, stdout=sys.stderr)


def check_packages(folder, python):
    done = pathlib.Path(folder) / "packages"
    wanted = "\n".join(PYPI_PACKAGES)
    if done.exists() and done.read_text() == wanted:
        return
    print("compare: installing", *PYPI_PACKAGES, file=sys.stderr)
    run([python, "-m", "pip", "install", "--quiet", *PYPI_PACKAGES])
    done.write_text(wanted)


def run(command):
    if subprocess.run([str(part) for part in command]).returncode != 0:
        sys.exit("compare: failed: " + " ".join(str(part) for part in command))
