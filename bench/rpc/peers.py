"""The peers of the RPC bench: python3-libvirt, virsh kept open, and virsh per query.

Reads one word per line ("connect" or "tick"), answers one JSON line {wallMs, cpuMs, seen}.
"""
import json
import os
import resource
import subprocess
import sys
import time

kind, uri = sys.argv[1], sys.argv[2]
PROMPT = b"bench> "


class Python:
    conn = None

    def poll(self):
        listed = self.conn.listAllDomains()
        stats = self.conn.getAllDomainStats()
        return min(len(listed), len(stats))

    def connect(self):
        import libvirt

        self.conn = None
        self.conn = libvirt.open(uri)
        return self.poll()

    def tick(self):
        return self.poll()


class VirshInteractive:
    """One virsh process fed with commands; what a script that parses its text would do."""

    child = None

    def ask(self, command):
        # "echo" marks the end of an answer, as virsh prints no prompt into a pipe
        self.child.stdin.write(command + b"\necho END-OF-ANSWER\n")
        self.child.stdin.flush()
        lines = []
        for line in self.child.stdout:
            if line.strip().endswith(b"END-OF-ANSWER") and not line.strip().endswith(b"echo END-OF-ANSWER"):
                return lines
            lines.append(line)
        raise SystemExit("virsh ended")

    def poll(self):
        listed = [line.split() for line in self.ask(b"list --all")]
        stats = {}
        name = None
        for line in self.ask(b"domstats"):
            text = line.strip()
            if text.startswith(b"Domain:"):
                name = text
                stats[name] = {}
            elif b"=" in text and name:
                key, value = text.split(b"=", 1)
                stats[name][key] = value
        return min(len([row for row in listed if len(row) >= 3]) - 1, len(stats))

    def connect(self):
        self.close()
        self.child = subprocess.Popen(["virsh", "-c", uri], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self.poll()

    def tick(self):
        return self.poll()

    def close(self):
        if self.child:
            self.child.stdin.close()
            self.child.wait()
            self.child = None

    def child_cpu(self):
        if not self.child:
            return 0.0
        fields = open("/proc/%d/stat" % self.child.pid).read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class VirshPerQuery:
    """One virsh process for each question; what shell scripts do."""

    def poll(self):
        rows = subprocess.run(["virsh", "-q", "-c", uri, "list", "--all"], capture_output=True, check=True).stdout
        stats = subprocess.run(["virsh", "-c", uri, "domstats"], capture_output=True, check=True).stdout
        return min(len(rows.splitlines()), stats.count(b"Domain:"))

    connect = poll
    tick = poll


peer = {"python3-libvirt": Python, "virsh-interactive": VirshInteractive, "virsh-per-query": VirshPerQuery}[kind]()


def cpu():
    total = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        total += usage.ru_utime + usage.ru_stime
    return total + getattr(peer, "child_cpu", lambda: 0.0)()


for line in sys.stdin:
    word = line.strip()
    before, start = cpu(), time.perf_counter()
    seen = getattr(peer, word)()
    wall, used = time.perf_counter() - start, cpu() - before
    print(json.dumps({"wallMs": wall * 1000, "cpuMs": max(0.0, used) * 1000, "seen": seen}), flush=True)

getattr(peer, "close", lambda: None)()
