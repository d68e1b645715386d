"""As much of a Kubernetes client as starting a cluster needs: JSON requests as the administrator."""

import http.client
import json
import ssl
import time

from tools import Failure

REQUEST_SECONDS = 10


class Api:
    """Speaks to the API server of one cluster with the certificates in its folder PKI."""

    def __init__(self, network, pki):
        self.address = network.node
        self.tls = ssl.create_default_context(cafile=pki / "ca.crt")
        self.tls.load_cert_chain(pki / "admin.crt", pki / "admin.key")

    def request(self, method, path, content=None):
        """The status and the body; status 0 when there was no answer."""
        body = None if content is None else json.dumps(content)
        connection = http.client.HTTPSConnection(
            self.address, 6443, timeout=REQUEST_SECONDS, context=self.tls
        )
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            return 0, str(error).encode()
        finally:
            connection.close()

    def create(self, path, content):
        status, body = self.request("POST", path, content)
        if status not in (200, 201, 409):
            raise Failure(f"POST {path}: {status} {body.decode(errors='replace')[:300]}")

    def wait(self, path, holds, deadline, goal, alive):
        """Asks for PATH until its JSON, or text, satisfies HOLDS."""
        while True:
            status, body = self.request("GET", path)
            if status == 200 and holds(body):
                return
            if not alive():
                raise Failure(f"the cluster ended before {goal}")
            if time.monotonic() > deadline:
                raise Failure(f"not {goal} in time; last answer {status} {body[:200]!r}")
            time.sleep(0.1)


def node_is_ready(body):
    conditions = json.loads(body).get("status", {}).get("conditions", [])
    return any(each["type"] == "Ready" and each["status"] == "True" for each in conditions)


def add_dns(api, network, number):
    """The service that pods ask for names; the server is a process on the node, not a pod."""
    ports = [{"name": f"dns-{p.lower()}", "port": 53, "protocol": p} for p in ("UDP", "TCP")]
    name = "kube-dns"
    service = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": name, "namespace": "kube-system"},
        "spec": {"clusterIP": network.service(number), "ports": ports},
    }
    endpoints = {
        "apiVersion": "discovery.k8s.io/v1",
        "kind": "EndpointSlice",
        "metadata": {"name": name, "labels": {"kubernetes.io/service-name": name}},
        "addressType": "IPv4",
        "endpoints": [{"addresses": [network.node], "conditions": {"ready": True}}],
        "ports": ports,
    }
    api.create("/api/v1/namespaces/kube-system/services", service)
    api.create("/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices", endpoints)
