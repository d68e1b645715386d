"""The command line and settings file of every part of a cluster. All paths are those inside the
cluster's own mount namespace, where its state folder is /mnt (see node.py)."""

import json
import pathlib

import images
from tools import write

NODE = "node"
STATE = pathlib.Path("/mnt")
BIN = STATE / "bin"
PKI = STATE / "pki"
ETC = STATE / "etc"
CONTAINERD_SOCKET = "/run/containerd/containerd.sock"
CNI_PLUGINS = "/usr/lib/cni"
DNS_SERVICE = 10

CONTAINERD = f"""version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs",
  "io.containerd.internal.v1.tracing", "io.containerd.tracing.processor.v1.otlp"]
[grpc]
address = "{CONTAINERD_SOCKET}"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "{images.PAUSE_IMAGE}"
restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = "overlayfs"
default_runtime_name = "runc"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "{CNI_PLUGINS}"
conf_dir = "{ETC}/cni"
"""

AUDIT_POLICY = {
    "apiVersion": "audit.k8s.io/v1",
    "kind": "Policy",
    "omitStages": ["RequestReceived"],
    "rules": [{"level": "Metadata"}],
}


def network_plugins(network):
    bridge = {
        "type": "bridge",
        "bridge": "cni0",
        "isGateway": True,
        "hairpinMode": True,
        "ipam": {
            "type": "host-local",
            "ranges": [[{"subnet": network.pods}]],
            "routes": [{"dst": "0.0.0.0/0"}],
        },
    }
    portmap = {"type": "portmap", "capabilities": {"portMappings": True}}
    return {"cniVersion": "0.4.0", "name": "postern-test", "plugins": [bridge, portmap]}


def kubelet(network):
    return {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "containerRuntimeEndpoint": "unix://" + CONTAINERD_SOCKET,
        "cgroupDriver": "cgroupfs",
        "failCgroupV1": False,
        "failSwapOn": False,
        "enforceNodeAllocatable": [],
        "evictionHard": {"memory.available": "50Mi", "nodefs.available": "1%"},
        "imageGCHighThresholdPercent": 100,
        "oomScoreAdj": 0,
        "authentication": {
            "anonymous": {"enabled": False},
            "webhook": {"enabled": True},
            "x509": {"clientCAFile": str(PKI / "ca.crt")},
        },
        "authorization": {"mode": "Webhook"},
        "tlsCertFile": str(PKI / "kubelet-server.crt"),
        "tlsPrivateKeyFile": str(PKI / "kubelet-server.key"),
        "clusterDNS": [network.service(DNS_SERVICE)],
        "clusterDomain": "cluster.local",
        "resolvConf": "",
        "nodeStatusUpdateFrequency": "5s",
        "shutdownGracePeriod": "0s",
    }


def kube_proxy(network):
    zero = {"maxPerCore": 0, "min": 0, "tcpEstablishedTimeout": "0s", "tcpCloseWaitTimeout": "0s"}
    return {
        "apiVersion": "kubeproxy.config.k8s.io/v1alpha1",
        "kind": "KubeProxyConfiguration",
        "clientConnection": {"kubeconfig": str(PKI / "kube-proxy.kubeconfig")},
        "mode": "nftables",
        "clusterCIDR": network.pods,
        "hostnameOverride": NODE,
        "oomScoreAdj": 0,
        "conntrack": {**zero, "udpTimeout": "0s", "udpStreamTimeout": "0s"},
    }


def corefile(network):
    return f""".:53 {{
    bind {network.node}
    errors
    ready 127.0.0.1:8181
    kubernetes cluster.local in-addr.arpa {{
        kubeconfig {PKI}/coredns.kubeconfig
        pods insecure
    }}
    cache 5
}}
"""


def write_all(state, network):
    """Writes every settings file into the state folder, before the namespaces exist."""
    etc = state / "etc"
    (etc / "cni").mkdir(parents=True, exist_ok=True)
    files = {
        "cni/10-postern.conflist": network_plugins(network),
        "kubelet.json": kubelet(network),
        "kube-proxy.json": kube_proxy(network),
        "audit-policy.json": AUDIT_POLICY,
    }
    for name, content in files.items():
        write(etc / name, json.dumps(content, indent=1) + "\n")
    write(etc / "containerd.toml", CONTAINERD)
    write(etc / "Corefile", corefile(network))


def etcd_command():
    client, peer = "http://127.0.0.1:2379", "http://127.0.0.1:2380"
    return [
        BIN / "etcd",
        "--name=node",
        "--data-dir=/var/lib/etcd",
        f"--listen-client-urls={client}",
        f"--advertise-client-urls={client}",
        f"--listen-peer-urls={peer}",
        f"--initial-advertise-peer-urls={peer}",
        f"--initial-cluster=node={peer}",
        "--unsafe-no-fsync",
        "--log-level=warn",
    ]


def apiserver_command(network):
    return [
        BIN / "kube-apiserver",
        "--etcd-servers=http://127.0.0.1:2379",
        f"--advertise-address={network.node}",
        "--secure-port=6443",
        f"--tls-cert-file={PKI}/apiserver.crt",
        f"--tls-private-key-file={PKI}/apiserver.key",
        f"--client-ca-file={PKI}/ca.crt",
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        "--allow-privileged=true",
        f"--service-cluster-ip-range={network.services}",
        "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
        f"--service-account-key-file={PKI}/service-account.pub",
        f"--service-account-signing-key-file={PKI}/service-account.key",
        f"--kubelet-client-certificate={PKI}/apiserver-kubelet.crt",
        f"--kubelet-client-key={PKI}/apiserver-kubelet.key",
        f"--kubelet-certificate-authority={PKI}/ca.crt",
        "--kubelet-preferred-address-types=InternalIP",
        f"--audit-policy-file={ETC}/audit-policy.json",
        f"--audit-log-path={STATE}/audit.log",
        "--audit-log-mode=blocking-strict",
    ]


def controller_manager_command(network):
    return [
        BIN / "kube-controller-manager",
        f"--kubeconfig={PKI}/controller-manager.kubeconfig",
        f"--service-account-private-key-file={PKI}/service-account.key",
        f"--root-ca-file={PKI}/ca.crt",
        f"--cluster-signing-cert-file={PKI}/ca.crt",
        f"--cluster-signing-key-file={PKI}/ca.key",
        "--use-service-account-credentials",
        "--allocate-node-cidrs",
        f"--cluster-cidr={network.pods}",
        f"--service-cluster-ip-range={network.services}",
        "--leader-elect=false",
        "--bind-address=127.0.0.1",
    ]


def commands(network):
    """Every program of the cluster by name, in the order in which they start."""
    scheduler = [BIN / "kube-scheduler", f"--kubeconfig={PKI}/scheduler.kubeconfig"]
    scheduler += ["--leader-elect=false", "--bind-address=127.0.0.1"]
    node = [BIN / "kubelet", f"--config={ETC}/kubelet.json"]
    node += [f"--kubeconfig={PKI}/kubelet.kubeconfig", f"--hostname-override={NODE}"]
    node += [f"--node-ip={network.node}"]
    return {
        "etcd": etcd_command(),
        "kube-apiserver": apiserver_command(network),
        "containerd": ["containerd", "--config", ETC / "containerd.toml"],
        "kubelet": node,
        "kube-controller-manager": controller_manager_command(network),
        "kube-scheduler": scheduler,
        "kube-proxy": [BIN / "kube-proxy", f"--config={ETC}/kube-proxy.json"],
        "coredns": [BIN / "coredns", "-conf", ETC / "Corefile"],
    }
