"""Makes the container images of the test cluster without a container builder: one layer each, in
the archive form that `ctr images import` reads. Used when a cluster starts."""

import hashlib
import io
import json
import pathlib
import struct
import subprocess
import tarfile

from tools import Failure, run

PAUSE_IMAGE = "postern.test/pause:1"
BUSYBOX_IMAGE = "postern.test/busybox:1"
ELF_INTERPRETER = 3
BUSYBOX_PATHS = ("/bin/busybox", "/usr/bin/busybox")

PAUSE_SOURCE = r"""
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void on_term(int number)
{
    (void)number;
    _exit(0);
}

static void on_child(int number)
{
    (void)number;
    while (waitpid(-1, 0, WNOHANG) > 0)
        ;
}

int main(void)
{
    signal(SIGTERM, on_term);
    signal(SIGINT, on_term);
    signal(SIGCHLD, on_child);
    for (;;)
        pause();
}
"""


class Layer:
    """A file system tree collected in memory as one uncompressed tar."""

    def __init__(self):
        self.buffer = io.BytesIO()
        self.tar = tarfile.open(fileobj=self.buffer, mode="w", format=tarfile.PAX_FORMAT)

    def folder(self, name, mode=0o755):
        entry = tarfile.TarInfo(name)
        entry.type, entry.mode = tarfile.DIRTYPE, mode
        self.tar.addfile(entry)

    def file(self, name, content, mode=0o644):
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(content), mode
        self.tar.addfile(entry, io.BytesIO(content))

    def link(self, name, target):
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname, entry.mode = tarfile.SYMTYPE, target, 0o777
        self.tar.addfile(entry)

    def bytes(self):
        self.tar.close()
        return self.buffer.getvalue()


def save(path, tag, layer, command):
    """Writes an image archive: its configuration, one layer and the manifest that names both."""
    content = layer.bytes()
    config = {
        "architecture": "amd64",
        "os": "linux",
        "config": {"Cmd": command, "Env": ["PATH=/bin", "HOME=/root"], "WorkingDir": "/"},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(content).hexdigest()]},
        "history": [{"created_by": "postern test cluster"}],
    }
    manifest = [{"Config": "config.json", "RepoTags": [tag], "Layers": ["layer.tar"]}]
    archive = Layer()
    archive.file("config.json", json.dumps(config).encode())
    archive.file("layer.tar", content)
    archive.file("manifest.json", json.dumps(manifest).encode())
    pathlib.Path(path).write_bytes(archive.bytes())


def save_pause(path):
    """The program that holds a pod's namespaces, compiled from the lines above."""
    program = pathlib.Path(path).with_suffix(".bin")
    compiler = ["cc", "-x", "c", "-Os", "-static", "-s", "-o", program, "-"]
    run(*compiler, input=PAUSE_SOURCE)
    layer = Layer()
    layer.file("pause", program.read_bytes(), 0o755)
    program.unlink()
    save(path, PAUSE_IMAGE, layer, ["/pause"])


def is_static(path):
    """Whether a 64-bit little-endian ELF program has no segment that names an interpreter."""
    content = pathlib.Path(path).read_bytes()
    (table,) = struct.unpack_from("<Q", content, 32)
    size, count = struct.unpack_from("<HH", content, 54)
    kinds = [struct.unpack_from("<I", content, table + size * i)[0] for i in range(count)]
    return ELF_INTERPRETER not in kinds


def find_busybox():
    """Debian installs the static and the dynamic busybox under the same name."""
    for path in BUSYBOX_PATHS:
        if pathlib.Path(path).exists() and is_static(path):
            return path
    raise Failure("no static busybox: install busybox-static")


def save_busybox(path):
    """A shell with all of busybox's commands; pods of the tests run in it."""
    busybox = find_busybox()
    names = subprocess.check_output([busybox, "--list"], text=True).split()
    layer = Layer()
    for folder in ("bin", "etc", "home", "root", "usr", "var"):
        layer.folder(folder)
    layer.folder("tmp", 0o1777)
    layer.file("bin/busybox", pathlib.Path(busybox).read_bytes(), 0o755)
    for name in names:
        if name != "busybox":
            layer.link("bin/" + name, "busybox")
    layer.link("usr/bin", "../bin")
    layer.file("etc/passwd", b"root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n")
    layer.file("etc/group", b"root:x:0:\nnogroup:x:65534:\n")
    save(path, BUSYBOX_IMAGE, layer, ["/bin/sh"])
