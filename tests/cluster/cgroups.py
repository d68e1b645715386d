"""Gives a cluster a control group of its own in every hierarchy of the machine (version 1, version
2 or both), which becomes the root that its processes see, and removes it when it is down."""

import os
import pathlib
import time

from tools import Failure, run

MOUNT = pathlib.Path("/sys/fs/cgroup")
REMOVE_SECONDS = 10


def hierarchies():
    """(mount options, path of the calling process) of each; version 2 has no options."""
    found = []
    for line in pathlib.Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        found.append((controllers, path))
    return found


def is_version_2():
    return (MOUNT / "cgroup.controllers").exists()


def mount_point(controllers):
    """Where the machine has a hierarchy mounted, or None."""
    if not controllers:
        return MOUNT if is_version_2() else None
    folder = MOUNT / controllers.removeprefix("name=")
    return folder if (folder / "cgroup.procs").exists() else None


def prepare_cpuset(folder):
    """A version 1 cpuset takes no process before it has processors and memory nodes."""
    for name in ("cpuset.cpus", "cpuset.mems"):
        (folder / name).write_text((folder.parent / name).read_text())
    (folder / "cgroup.clone_children").write_text("1")


def delegate(folder):
    """Version 2 gives a group only those controllers that its parent passes on."""
    parent = folder.parent
    for controller in (parent / "cgroup.controllers").read_text().split():
        (parent / "cgroup.subtree_control").write_text("+" + controller)


def enter(name):
    """Moves the calling process into new groups called NAME; returns their folders."""
    folders = []
    for controllers, path in hierarchies():
        mount = mount_point(controllers)
        if mount is None:
            continue
        # In version 2 a group with processes cannot pass controllers on, so start at the root.
        folder = (mount / path.strip("/") if controllers else mount) / name
        folder.mkdir(exist_ok=True)
        if "cpuset" in controllers.split(","):
            prepare_cpuset(folder)
        if not controllers:
            delegate(folder)
        (folder / "cgroup.procs").write_text(str(os.getpid()))
        folders.append(str(folder))
    return folders


def mounted():
    """Controllers of each hierarchy that the machine has mounted; [""] stands for version 2."""
    return [controllers for controllers, _ in hierarchies() if mount_point(controllers)]


def mount_inside(names):
    """Mounts what mounted() found before /sys was replaced again, rooted at the cluster's groups."""
    if names == [""]:
        run("mount", "-t", "cgroup2", "cgroup2", MOUNT)
        leaf = MOUNT / "init"
        leaf.mkdir()
        (leaf / "cgroup.procs").write_text(str(os.getpid()))
        return
    run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", MOUNT)
    for controllers in names:
        folder = MOUNT / controllers.removeprefix("name=")
        folder.mkdir()
        options = f"none,{controllers}" if controllers.startswith("name=") else controllers
        run("mount", "-t", "cgroup", "-o", options, "cgroup", folder)
        for single in controllers.split(","):
            if "," in controllers:
                (MOUNT / single).symlink_to(controllers)


def remove_tree(top):
    for folder, _, _ in os.walk(top, topdown=False):
        os.rmdir(folder)


def remove(folders):
    """Removes the groups once the kernel has let go of the processes that were in them."""
    deadline = time.monotonic() + REMOVE_SECONDS
    for folder in folders:
        while os.path.isdir(folder):
            try:
                remove_tree(folder)
            except OSError as error:
                if time.monotonic() > deadline:
                    raise Failure(f"{folder}: {error.strerror}") from error
                time.sleep(0.05)
