"""Plays reporters over raw HTTP/2: each a connection of its own with one stream of EdgeReports/Report, ten nodes a message, a message a second.

No gRPC library: a thousand connections must cost the player less than the server. Usage: reporters.py HOST PORT CONNECTIONS SECONDS SERVER_PID
Prints messages sent and answered, reports accepted, and what the server took: processor (share of one core) and memory (more than before).
"""
import os
import selectors
import socket
import struct
import sys
import time

host, port, connections, seconds, server = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def text(number, value):
    return bytes([number << 3 | 2]) + varint(len(value)) + value


def number(field, value):
    return bytes([field << 3]) + varint(value)


def header(name, value):
    return b"\0" + bytes([len(name)]) + name + bytes([len(value)]) + value


def frame(kind, flags, stream, payload):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def read_varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        at += 1
        if data[at - 1] < 0x80:
            return value, at
        shift += 7


def nodes():
    """Ids of the demo's nodes, as many as there are, over and over."""
    import json
    import urllib.request
    http = os.environ.get("SCHEDULER_HTTP", f"http://{host}:{port - 1}")
    fleet = json.load(urllib.request.urlopen(f"{http}/v1/admin/fleet"))
    return [node["id"].encode() for site in fleet["sites"] for node in site["nodes"]]


def cpu_s():
    fields = open(f"/proc/{server}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb():
    for line in open(f"/proc/{server}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0


class Reporter:
    def __init__(self, index, ids, selector):
        self.ids = [ids[(index * 10 + i) % len(ids)] for i in range(10)]
        self.rest = b""
        self.sequence = self.sent = self.answered = self.accepted = self.body = 0
        self.message = b""
        self.ended = None
        self.incarnation = int(time.time()) + index
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        request = b"\x83\x86" + header(b":path", b"/scheduler.v1.EdgeReports/Report") + header(b":authority", b"localhost") + header(b"content-type", b"application/grpc") + header(b"te", b"trailers")
        self.socket.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, b"") + frame(8, 0, 0, struct.pack(">I", 1 << 30)) + frame(1, 4, 1, request))
        self.socket.setblocking(False)
        selector.register(self.socket, selectors.EVENT_READ, self)

    def report(self):
        self.sequence += 1
        message = b"".join(text(1, text(1, node) + number(2, self.incarnation) + number(3, self.sequence) + number(5, 40_000_000_000) + number(6, 1_500_000_000) + number(7, 400) + number(8, 1)) for node in self.ids)
        self.socket.sendall(frame(0, 0, 1, b"\0" + struct.pack(">I", len(message)) + message))
        self.sent += 1

    def read(self):
        data = self.socket.recv(65536)
        if not data:
            self.ended = "closed"
            return
        self.rest += data
        while len(self.rest) >= 9:
            length = int.from_bytes(self.rest[:3], "big")
            if len(self.rest) < 9 + length:
                return
            kind, flags, payload = self.rest[3], self.rest[4], self.rest[9:9 + length]
            self.rest = self.rest[9 + length:]
            if kind == 0:
                self.take(payload)
            elif kind == 1 and flags & 1:
                self.ended = "trailers"
            elif kind in (3, 7):
                self.ended = "reset or going away"
            elif kind == 4 and not flags & 1:
                self.socket.sendall(frame(4, 1, 0, b""))
            elif kind == 6 and not flags & 1:
                self.socket.sendall(frame(6, 1, 0, payload))

    def take(self, payload):
        self.message += payload
        self.body += len(payload)
        while len(self.message) >= 5 and len(self.message) >= 5 + int.from_bytes(self.message[1:5], "big"):
            length = int.from_bytes(self.message[1:5], "big")
            answer, self.message = self.message[5:5 + length], self.message[5 + length:]
            self.answered += 1
            if answer[:1] == b"\x08":
                self.accepted += read_varint(answer, 1)[0]
        if self.body > 16384:  # what was taken is given back, or the server must stop
            self.socket.sendall(frame(8, 0, 1, struct.pack(">I", self.body)))
            self.body = 0


ids = nodes()
selector = selectors.DefaultSelector()
before_mb = memory_mb()
reporters = [Reporter(i, ids, selector) for i in range(connections)]
started = time.monotonic()
due = [started + i / connections for i in range(connections)]
after = 0
measured = None
while True:
    now = time.monotonic()
    if measured is None and now - started > 5:  # connections are made, and what is compiled once is
        measured = (now, cpu_s())
    if now - started > seconds:
        break
    for _ in range(connections):
        if due[after] > now:
            break
        reporters[after].report()
        due[after] += 1
        after = (after + 1) % connections
    for key, _ in selector.select(max(0, min(due[after] - time.monotonic(), 0.05))):
        key.data.read()
core, peak = (cpu_s() - measured[1]) / (time.monotonic() - measured[0]), memory_mb()
end = time.monotonic() + 3
while time.monotonic() < end and any(reporter.answered < reporter.sent for reporter in reporters):
    for key, _ in selector.select(0.1):
        key.data.read()
sent, answered, accepted = (sum(getattr(reporter, name) for reporter in reporters) for name in ("sent", "answered", "accepted"))
ended = [reporter.ended for reporter in reporters if reporter.ended]
print(f"messages {sent}, answered {answered}; reports sent {sent * 10}, accepted {accepted}; streams that ended {len(ended)}")
print(f"processor {core * 100:.1f} % of one core; memory {before_mb:.0f} MB before, {peak:.0f} MB with all ({peak - before_mb:+.0f})")
sys.exit(0 if answered == sent and accepted == sent * 10 and not ended else 1)
