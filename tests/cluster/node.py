"""The first process of a cluster: process 1 in its own network, mount, process, host name, IPC and
control group namespaces. It prepares the file systems and the network, imports the images and keeps
the cluster's programs running. Ending it ends everything, so it cleans nothing up.

Started by lifecycle.py as `cluster init`. Nothing here runs on the machine's side."""

import os
import pathlib
import socket
import subprocess
import sys
import time

import cgroups
import network as addresses
import settings
from tools import Failure, run

# Folders that every machine has and whose content the node's programs must not share with it.
PRIVATE = {"/var/lib": "varlib", "/var/log": "varlog", "/run": "run"}
# The kubelet sets these for the whole machine; files of the cluster's own take their place.
STAND_INS = {
    "vm/overcommit_memory": "1",
    "vm/panic_on_oom": "0",
    "kernel/panic": "10",
    "kernel/panic_on_oops": "1",
    "kernel/keys/root_maxkeys": "1000000",
    "kernel/keys/root_maxbytes": "25000000",
}
BRIDGE_FILTER = "/proc/sys/net/bridge/bridge-nf-call-iptables"
RESTART_SECONDS = 1
IMPORT_SECONDS = 30


def bind(source, target):
    run("mount", "--bind", source, target)


def mount_all(state, programs):
    """After this the state folder is /mnt, and nothing the node writes reaches the machine."""
    run("mount", "--make-rprivate", "/")
    for target, name in PRIVATE.items():
        (state / name).mkdir(exist_ok=True)
    (state / "bin").mkdir(exist_ok=True)
    bind(state, "/mnt")
    bind(programs, "/mnt/bin")
    for target, name in PRIVATE.items():
        bind(f"/mnt/{name}", target)
    run("mount", "-t", "proc", "proc", "/proc")
    groups = cgroups.mounted()
    run("mount", "-t", "sysfs", "sysfs", "/sys")
    cgroups.mount_inside(groups)
    for name, value in STAND_INS.items():
        target = pathlib.Path("/proc/sys", name)
        if target.exists():
            file = pathlib.Path("/mnt/sysctl", name.replace("/", "."))
            file.parent.mkdir(exist_ok=True)
            file.write_text(value + "\n")
            bind(file, target)


class Programs:
    """The cluster's programs, each with a log file of its own, started again when they end."""

    def __init__(self, commands):
        self.commands = commands
        self.names = {}

    def start(self, name):
        command = [str(word) for word in self.commands[name]]
        with open(f"/mnt/log/{name}.log", "ab") as log:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self.names[process.pid] = name

    def start_all(self):
        for name in self.commands:
            self.start(name)

    def reap_forever(self):
        """Also takes in the processes that containers leave to process 1."""
        while True:
            pid, status = os.wait()
            name = self.names.pop(pid, None)
            if name:
                code = os.waitstatus_to_exitcode(status)
                print(f"{name} ended with {code}, starting it again", flush=True)
                time.sleep(RESTART_SECONDS)
                self.start(name)


def import_images():
    """Waits for containerd to answer, then gives it the images, of which none is ever pulled."""
    ctr = ["ctr", "--address", settings.CONTAINERD_SOCKET, "--namespace", "k8s.io"]
    deadline = time.monotonic() + IMPORT_SECONDS
    while True:
        try:
            run(*ctr, "version")
            break
        except Failure:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    for archive in sorted(pathlib.Path("/mnt/images").glob("*.tar")):
        run(*ctr, "images", "import", archive)
    pinned = "io.cri-containerd.pinned=pinned"
    run(*ctr, "images", "label", settings.images.PAUSE_IMAGE, pinned)


def main(state, programs, slot, go):
    """Never returns; GO is a pipe on which the machine's side says that the network is there."""
    if not os.read(go, 1):
        sys.exit("the machine's side ended before the network was there")
    os.close(go)
    own = addresses.Network(slot)
    mount_all(state, programs)
    os.chdir("/")
    os.environ["PATH"] = "/mnt/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    socket.sethostname(settings.NODE)
    addresses.configure_inside(own)
    if os.path.exists(BRIDGE_FILTER):
        pathlib.Path(BRIDGE_FILTER).write_text("1")
    running = Programs(settings.commands(own))
    running.start_all()
    import_images()
    running.reap_forever()
