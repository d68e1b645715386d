"""Small things every part of the cluster script needs: running a program, a failure a person can
act on, and files written whole."""

import os
import pathlib
import subprocess


class Failure(Exception):
    """Ends the script with its text and exit status 1."""


def run(*command, **options):
    """Runs a program to its end and returns its standard output; a Failure shows what it said."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False, **options)
    except FileNotFoundError as missing:
        raise Failure(f"{words[0]} is not installed (see packages.txt)") from missing
    if done.returncode != 0:
        raise Failure(f"{' '.join(words)}: {(done.stderr or done.stdout).strip()}")
    return done.stdout


def write(path, text, mode=0o644):
    """Replaces a file in one step, so that a reader never sees half of it."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(new, mode)
    os.replace(new, path)


def cache_folder():
    """Where things built once a machine live, outside the source tree."""
    base = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(os.environ.get("POSTERN_CACHE") or pathlib.Path(base) / "postern")
