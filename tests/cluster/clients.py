"""Other real clients for the end-to-end tests: Debian 12's kubectl, which is 1.20 and speaks SPDY
only, unpacked without installing it, and the Python client in an environment of its own."""

import pathlib
import shutil
import sys

from build import build, locked
from tools import Failure, cache_folder, run

DEBIAN_CLIENT = "kubernetes-client"
PYTHON_CLIENT = "kubernetes==32.0.1"


def unpack_debian_client(folder):
    """FOLDER/usr/bin/kubectl from the Debian package."""
    new = folder.with_name(folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    run("apt-get", "download", DEBIAN_CLIENT, cwd=new)
    packages = list(new.glob("*.deb"))
    if len(packages) != 1:
        raise Failure(f"apt-get downloaded {len(packages)} packages for {DEBIAN_CLIENT}")
    run("dpkg", "-x", packages[0], new)
    packages[0].unlink()
    new.rename(folder)


def make_python_client(folder):
    """FOLDER/bin/python, which can import kubernetes. Made where it stays: its scripts name it."""
    mark = folder / "complete"
    if not mark.exists():
        shutil.rmtree(folder, ignore_errors=True)
        run(sys.executable, "-m", "venv", folder)
        run(folder / "bin" / "pip", "install", "--quiet", PYTHON_CLIENT)
        mark.touch()


def link(path, target):
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def install(folder):
    """Puts kubectl, kubectl-1.20 and python-kubernetes into FOLDER."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    programs = build()
    old = cache_folder() / "kubectl-1.20"
    python = cache_folder() / PYTHON_CLIENT.replace("==", "-")
    with locked(cache_folder() / "clients.lock"):
        if not old.exists():
            unpack_debian_client(old)
        make_python_client(python)
    link(folder / "kubectl", programs / "kubectl")
    link(folder / "kubectl-1.20", old / "usr" / "bin" / "kubectl")
    link(folder / "python-kubernetes", python / "bin" / "python")
