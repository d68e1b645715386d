"""Starts a cluster, looks at it and ends it, from the machine's side.

A cluster is one process on the machine: the first of its own namespaces. cluster.json in the state
folder records it with its start time, so that only that very process is ever killed."""

import contextlib
import ctypes
import fcntl
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import api
import certs
import cgroups
import images
import network as addresses
import settings
from build import build, program_folder
from tools import Failure, write

LOCK = "/run/lock/postern-cluster.lock"
RECORD = "cluster.json"
# Everything that starting a cluster makes in its state folder.
OWNED = ("bin", "etc", "images", "log", "pki", "run", "sysctl", "varlib", "varlog")
OWNED_FILES = ("admin.kubeconfig", "audit.log", "kubectl", RECORD)
UP_SECONDS = 120
DOWN_SECONDS = 20

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
NAMESPACES = (
    CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET
)


def need_root():
    if os.geteuid() != 0:
        raise Failure(
            "the test cluster needs root: it makes network, mount and process namespaces, a pair "
            "of interfaces and control groups"
        )


@contextlib.contextmanager
def locked():
    """One start or end at a time on the machine, so that two clusters never share addresses."""
    with open(LOCK, "w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def start_time(pid):
    """When a process began, in clock ticks since the machine did, or None when there is none."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def read_record(state):
    try:
        return json.loads((state / RECORD).read_text())
    except FileNotFoundError:
        return None


def is_running(record):
    return record is not None and start_time(record["pid"]) == record["start_time"]


def check_tools():
    """Names everything missing at once."""
    names = ["containerd", "ctr", "runc", "ip", "iptables", "nft", "conntrack", "mount", "openssl"]
    missing = [name for name in [*names, "cc"] if not shutil.which(name)]
    if not pathlib.Path(settings.CNI_PLUGINS, "bridge").exists():
        missing.append(f"{settings.CNI_PLUGINS}/bridge")
    if missing:
        raise Failure(f"not installed: {' '.join(missing)} (the packages are in packages.txt)")


def clear(state):
    """Makes an empty state folder, from nothing or from what an ended cluster left."""
    state.mkdir(parents=True, exist_ok=True)
    known = {*OWNED, *OWNED_FILES}
    strange = [each.name for each in state.iterdir() if each.name not in known]
    if strange:
        raise Failure(f"{state} holds {strange[0]}, which is no part of a cluster's state")
    for name in OWNED:
        shutil.rmtree(state / name, ignore_errors=True)
    for name in OWNED_FILES:
        (state / name).unlink(missing_ok=True)


def prepare(state, network):
    for name in ("log", "images"):
        (state / name).mkdir()
    settings.write_all(state, network)
    certs.make_all(state / "pki", network, settings.NODE)
    images.save_pause(state / "images" / "pause.tar")
    images.save_busybox(state / "images" / "busybox.tar")


def enter_namespaces(group):
    """Moves the calling process into new groups and its next child into new namespaces."""
    os.setsid()
    folders = cgroups.enter(group)
    if ctypes.CDLL(None, use_errno=True).unshare(NAMESPACES) != 0:
        raise Failure(f"unshare: {os.strerror(ctypes.get_errno())}")
    return folders


def spawn(state, network, programs):
    """Starts the first process of the cluster, which then waits for its network.

    Returns its number, its control groups and the pipe that lets it go on."""
    report_read, report_write = os.pipe()
    go_read, go_write = os.pipe()
    helper = os.fork()
    if helper == 0:
        status = 1
        try:
            folders = enter_namespaces(f"postern-cluster-{network.slot}")
            script = pathlib.Path(__file__).with_name("cluster")
            command = [sys.executable, script, "init", "--state", state, "--programs", programs]
            command += ["--slot", str(network.slot), "--go", str(go_read)]
            with open(state / "log" / "init.log", "wb") as log:
                process = subprocess.Popen(
                    [str(word) for word in command],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=[go_read],
                )
            os.write(report_write, json.dumps([process.pid, folders]).encode())
            status = 0
        except (Failure, OSError) as error:
            print(f"cluster: {error}", file=sys.stderr, flush=True)
        finally:
            os._exit(status)
    os.close(report_write)
    os.close(go_read)
    with os.fdopen(report_read, "rb") as report:
        content = report.read()
    os.waitpid(helper, 0)
    if not content:
        os.close(go_write)
        raise Failure("the cluster's first process did not start")
    pid, folders = json.loads(content)
    return pid, folders, go_write


def start(state, programs):
    """From an empty state folder to running programs; returns the record."""
    with locked():
        network = addresses.find_free()
        prepare(state, network)
        pid, folders, go = spawn(state, network, programs)
        record = {
            "pid": pid,
            "start_time": start_time(pid),
            "slot": network.slot,
            "cgroups": folders,
            "programs": str(programs),
            "server": network.api_url,
            "host": network.host,
            "node": network.node,
            "pods": network.pods,
            "services": network.services,
        }
        write(state / RECORD, json.dumps(record, indent=1) + "\n")
        try:
            addresses.connect(network, pid)
            os.write(go, b"g")
        finally:
            os.close(go)
    return record


def wait_ready(state, record, deadline):
    network = addresses.Network(record["slot"])
    client = api.Api(network, state / "pki")

    def wait(path, holds, goal):
        client.wait(path, holds, deadline, goal, lambda: is_running(record))

    wait("/readyz", lambda body: body == b"ok", "the API server is ready")
    api.add_dns(client, network, settings.DNS_SERVICE)
    wait(f"/api/v1/nodes/{settings.NODE}", api.node_is_ready, "the node is ready")
    account = "/api/v1/namespaces/default/serviceaccounts/default"
    wait(account, lambda body: True, "the default service account exists")


def show(state, record):
    print(f"state       {state}")
    print(f"process     {record['pid']}")
    print(f"server      {record['server']}")
    print(f"kubeconfig  {state}/admin.kubeconfig")
    print(f"machine     {record['host']} as pods see it")
    print(f"pods        {record['pods']}")
    print(f"services    {record['services']}", flush=True)


def up(state):
    need_root()
    record = read_record(state)
    if not is_running(record):
        begin = time.monotonic()
        check_tools()
        programs = build()
        if record:
            down(state)
        clear(state)
        record = start(state, programs)
        print(f"cluster: starting, {time.monotonic() - begin:.1f} s", file=sys.stderr, flush=True)
    wait_ready(state, record, time.monotonic() + UP_SECONDS)
    shutil.copyfile(state / "pki" / "admin.kubeconfig", state / "admin.kubeconfig")
    os.chmod(state / "admin.kubeconfig", 0o600)
    if not (state / "kubectl").is_symlink():
        (state / "kubectl").symlink_to(pathlib.Path(record["programs"]) / "kubectl")
    show(state, record)


def kill(record):
    """Ends exactly the recorded process, by a handle that no later process can take over."""
    try:
        handle = os.pidfd_open(record["pid"])
    except ProcessLookupError:
        return
    try:
        if not is_running(record):
            return
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        deadline = time.monotonic() + DOWN_SECONDS
        while is_running(record):
            if time.monotonic() > deadline:
                raise Failure(f"process {record['pid']} does not end")
            time.sleep(0.02)
    finally:
        os.close(handle)


def down(state):
    """Ends a cluster and keeps its logs; an ended or unknown one is no error."""
    need_root()
    record = read_record(state)
    if record is None:
        return
    with locked():
        kill(record)
        addresses.disconnect(addresses.Network(record["slot"]))
        cgroups.remove(record["cgroups"])
        (state / RECORD).unlink()


def status(state):
    """Exit status 0 when the cluster runs and 3 when it does not."""
    record = read_record(state)
    if not is_running(record):
        built = "built" if (program_folder() / "cluster").exists() else "not built"
        print(f"{state}: not running (the programs are {built})")
        return 3
    show(state, record)
    return 0
