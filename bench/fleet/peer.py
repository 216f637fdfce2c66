"""The fleet's peer: python3-libvirt with one thread per host, polling the same statistics on the same beat.

Arguments: folder with the hosts' sockets, seconds to poll. Prints one JSON line.
"""
import json
import os
import resource
import sys
import threading
import time

import libvirt

directory, seconds = sys.argv[1], float(sys.argv[2])
INTERVAL = 2.0
GROUPS = (
    libvirt.VIR_DOMAIN_STATS_STATE
    | libvirt.VIR_DOMAIN_STATS_CPU_TOTAL
    | libvirt.VIR_DOMAIN_STATS_BALLOON
    | libvirt.VIR_DOMAIN_STATS_INTERFACE
    | libvirt.VIR_DOMAIN_STATS_BLOCK
)

sockets = sorted(name for name in os.listdir(directory) if name.endswith(".sock"))
start = time.perf_counter()
hosts = [libvirt.open("qemu+unix:///system?socket=%s" % os.path.join(directory, name)) for name in sockets]
listed = sum(len(host.listAllDomains()) for host in hosts)
connect_ms = (time.perf_counter() - start) * 1000

samples = 0
lock = threading.Lock()
end = time.monotonic() + seconds


def poll(host, first):
    global samples
    due = first
    while due < end:
        time.sleep(max(0.0, due - time.monotonic()))
        stats = host.getAllDomainStats(GROUPS, libvirt.VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE)
        with lock:
            samples += len(stats)
        due += INTERVAL


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


before = cpu()
now = time.monotonic()
threads = [
    threading.Thread(target=poll, args=(host, now + INTERVAL * index / len(hosts))) for index, host in enumerate(hosts)
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
used = cpu() - before
print(
    json.dumps(
        {
            "hosts": len(hosts),
            "domains": listed,
            "connectMs": connect_ms,
            "samplesPerSecond": samples / seconds,
            "cpuMsPerSecond": used * 1000 / seconds,
            "rssMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        }
    )
)
