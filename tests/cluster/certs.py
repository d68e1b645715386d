"""The certificates and kubeconfig files of one cluster, made with openssl. All are signed by one
authority of the cluster's own, with P-256 keys. Used when a cluster starts."""

import base64
import json

from tools import run, write

DAYS = "3650"
REQUEST_CONFIG = "[req]\ndistinguished_name = name\n[name]\n"


class Authority:
    """A new certificate authority in a folder, and the certificates it signs."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.config = folder / "openssl.cnf"
        write(self.config, REQUEST_CONFIG)
        usage = ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign"]
        self.request("ca", "/CN=postern-test", usage)

    def request(self, name, subject, extensions, signer=()):
        key, certificate = self.folder / f"{name}.key", self.folder / f"{name}.crt"
        command = ["openssl", "req", "-x509", "-config", self.config, "-newkey", "ec", "-pkeyopt"]
        command += ["ec_paramgen_curve:P-256", "-noenc", "-days", DAYS, "-subj", subject]
        command += ["-keyout", key, "-out", certificate, *signer]
        for extension in extensions:
            command += ["-addext", extension]
        run(*command)

    def sign(self, name, subject, alternatives=()):
        """NAME.key and NAME.crt; with alternative names it is a server's, without a client's."""
        extensions = ["basicConstraints=critical,CA:FALSE", "keyUsage=critical,digitalSignature"]
        if alternatives:
            extensions.append("extendedKeyUsage=serverAuth")
            extensions.append("subjectAltName=" + ",".join(alternatives))
        else:
            extensions.append("extendedKeyUsage=clientAuth")
        signer = ["-CA", self.folder / "ca.crt", "-CAkey", self.folder / "ca.key"]
        self.request(name, subject, extensions, signer)

    def kubeconfig(self, path, name, server):
        """A kubeconfig file that holds everything it needs, for the client certificate NAME."""

        def data(file):
            return base64.b64encode((self.folder / file).read_bytes()).decode()

        cluster = {"server": server, "certificate-authority-data": data("ca.crt")}
        user = {
            "client-certificate-data": data(f"{name}.crt"),
            "client-key-data": data(f"{name}.key"),
        }
        context = {"cluster": "postern-test", "user": name}
        content = {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": "postern-test", "cluster": cluster}],
            "users": [{"name": name, "user": user}],
            "contexts": [{"name": "postern-test", "context": context}],
            "current-context": "postern-test",
        }
        write(path, json.dumps(content, indent=1) + "\n", 0o600)


def service_account_key(folder):
    """The key that signs service account tokens."""
    key = folder / "service-account.key"
    run("openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key)
    run("openssl", "pkey", "-in", key, "-pubout", "-out", folder / "service-account.pub")


def make_all(folder, network, node):
    """Every key, certificate and kubeconfig of a cluster, in FOLDER."""
    authority = Authority(folder)
    service_account_key(folder)
    names = ["kubernetes", "kubernetes.default", "kubernetes.default.svc", "localhost"]
    names.append("kubernetes.default.svc.cluster.local")
    addresses = [network.node, network.service(1), "127.0.0.1"]
    alternatives = [f"DNS:{name}" for name in names] + [f"IP:{each}" for each in addresses]
    authority.sign("apiserver", "/CN=kube-apiserver", alternatives)
    authority.sign("kubelet-server", f"/CN={node}", [f"DNS:{node}", f"IP:{network.node}"])
    authority.sign("apiserver-kubelet", "/O=system:masters/CN=kube-apiserver-kubelet-client")
    clients = {
        "admin": "/O=system:masters/CN=admin",
        "controller-manager": "/CN=system:kube-controller-manager",
        "scheduler": "/CN=system:kube-scheduler",
        "kubelet": f"/O=system:nodes/CN=system:node:{node}",
        "kube-proxy": "/CN=system:kube-proxy",
        "coredns": "/O=system:masters/CN=coredns",
    }
    for name, subject in clients.items():
        authority.sign(name, subject)
        authority.kubeconfig(folder / f"{name}.kubeconfig", name, network.api_url)
