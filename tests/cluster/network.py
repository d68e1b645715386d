"""The addresses of one cluster and the pair of interfaces that joins it to the machine.

Cluster number n owns 10.(200+n).0.0/16: the machine is .0.1, the node .0.2, pods .1.0/24 and
services .128.0/17. The interface on the machine's side, postern<n>, is also what marks n as taken."""

import ipaddress
import json
import pathlib

from tools import Failure, run

FIRST_OCTET = 200
COUNT = 50


class Network:
    """The addresses of cluster number `slot`."""

    def __init__(self, slot):
        prefix = f"10.{FIRST_OCTET + slot}"
        self.slot = slot
        self.link = f"postern{slot}"
        self.whole = f"{prefix}.0.0/16"
        self.host = f"{prefix}.0.1"
        self.node = f"{prefix}.0.2"
        self.pods = f"{prefix}.1.0/24"
        self.services = f"{prefix}.128.0/17"
        self.prefix = prefix
        self.api_url = f"https://{self.node}:6443"

    def service(self, number):
        return f"{self.prefix}.128.{number}"


def used_networks():
    """What the machine's interfaces and routes cover already, but for the default route."""
    used = []
    for route in json.loads(run("ip", "-j", "route", "show", "table", "all")):
        if route.get("dst", "default") != "default" and ":" not in route["dst"]:
            used.append(ipaddress.ip_network(route["dst"], strict=False))
    return used


def find_free():
    """The first cluster number whose addresses nobody uses; the caller holds the lock."""
    used = used_networks()
    for slot in range(COUNT):
        network = Network(slot)
        whole = ipaddress.ip_network(network.whole)
        taken = any(whole.overlaps(each) and each.prefixlen > 0 for each in used)
        if not taken and not pathlib.Path("/sys/class/net", network.link).exists():
            return network
    raise Failure(f"all of {Network(0).whole} to {Network(COUNT - 1).whole} is in use")


def connect(network, pid):
    """Makes the pair of interfaces, with one end in the namespace of process PID."""
    link = ["ip", "link", "add", network.link, "type", "veth"]
    run(*link, "peer", "name", "eth0", "netns", str(pid))
    run("ip", "address", "add", f"{network.host}/24", "dev", network.link)
    run("ip", "link", "set", network.link, "up")
    for destination in (network.pods, network.services):
        run("ip", "route", "add", destination, "via", network.node, "dev", network.link)


def disconnect(network):
    """Removes the pair; it may be gone already with the namespace at its other end."""
    if pathlib.Path("/sys/class/net", network.link).exists():
        try:
            run("ip", "link", "delete", network.link)
        except Failure:
            if pathlib.Path("/sys/class/net", network.link).exists():
                raise


def configure_inside(network):
    """The node's side, run by the first process in the cluster's own network namespace."""
    run("ip", "link", "set", "lo", "up")
    run("ip", "address", "add", f"{network.node}/24", "dev", "eth0")
    run("ip", "link", "set", "eth0", "up")
    run("ip", "route", "add", "default", "via", network.host)
    pathlib.Path("/proc/sys/net/ipv4/ip_forward").write_text("1")
