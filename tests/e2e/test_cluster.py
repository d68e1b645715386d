#!/usr/bin/env python3
"""The real cluster does what everything else here relies on: kubectl runs commands in a pod over both
protocols, and the API server takes each spelling of a request to the handler our classifier expects.

Run from the top folder as root. One line "ok NAME" a case; ends with 1 at the first failure."""

import hashlib
import http.client
import os
import pathlib
import random
import ssl
import subprocess
import sys

STATE = pathlib.Path("build/test-cluster").resolve()
POD = """
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - name: app
    image: postern.test/busybox:1
    imagePullPolicy: Never
    command: [sh, -c, "echo started; exec sleep 86400"]
"""


def kubectl(*words, check=True, websockets=True, stdin=b""):
    environment = dict(os.environ, KUBECONFIG=str(STATE / "admin.kubeconfig"))
    environment["KUBECTL_REMOTE_COMMAND_WEBSOCKETS"] = "true" if websockets else "false"
    command = [STATE / "kubectl", *words]
    done = subprocess.run(
        command, input=stdin, capture_output=True, env=environment, timeout=120, check=False
    )
    if check and done.returncode != 0:
        sys.exit(f"kubectl {' '.join(words)}: {done.stderr.decode()}")
    return done


def server_address():
    server = kubectl("config", "view", "-o", "jsonpath={.clusters[0].cluster.server}")
    return server.stdout.decode().removeprefix("https://").rpartition(":")


def post(target):
    """Status and text of a POST with exactly this target."""
    pki = STATE / "pki"
    context = ssl.create_default_context(cafile=pki / "ca.crt")
    context.load_cert_chain(pki / "admin.crt", pki / "admin.key")
    host, _, port = server_address()
    connection = http.client.HTTPSConnection(host, int(port), context=context, timeout=30)
    connection.request("POST", target)
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, text


def spellings():
    for line in pathlib.Path("tests/vectors/exec-spellings.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            kind, _, target = line.partition(" ")
            yield kind, target


def pod_runs():
    kubectl("apply", "-f", "-", stdin=POD.encode())
    kubectl("wait", "--for=condition=Ready", "pod/web", "--timeout=60s")
    assert kubectl("logs", "web").stdout == b"started\n"


def exec_keeps_output_and_exit_code():
    for websockets in (True, False):
        script = "echo out; echo err >&2; exit 7"
        done = kubectl("exec", "web", "--", "sh", "-c", script, check=False, websockets=websockets)
        assert done.returncode == 7, done
        assert done.stdout == b"out\n" and b"err\n" in done.stderr, done


def exec_keeps_every_byte_of_standard_input():
    data = random.Random(1).randbytes(4 << 20)
    for websockets in (True, False):
        done = kubectl("exec", "-i", "web", "--", "cat", stdin=data, websockets=websockets)
        got, want = hashlib.sha256(done.stdout), hashlib.sha256(data)
        assert got.digest() == want.digest(), (websockets, len(done.stdout))


def spellings_reach_the_handler_we_expect():
    cases = list(spellings())
    assert {kind for kind, _ in cases} == {"exec", "other"}
    for kind, target in cases:
        status, text = post(target)
        reached = status == 400 and "Upgrade request required" in text
        assert reached == (kind == "exec"), (kind, target, status, text)


def main():
    tests = [
        pod_runs,
        exec_keeps_output_and_exit_code,
        exec_keeps_every_byte_of_standard_input,
        spellings_reach_the_handler_we_expect,
    ]
    cluster = ["tests/cluster/cluster"]
    subprocess.run([*cluster, "up", "--state", STATE], check=True, stdout=subprocess.DEVNULL)
    try:
        for test in tests:
            test()
            print("ok", test.__name__, flush=True)
    finally:
        subprocess.run([*cluster, "down", "--state", STATE], check=True)


if __name__ == "__main__":
    main()
