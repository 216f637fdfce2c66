/** What a host is, for being compared with another one before a VM moves. */
import { given } from '../../../../shared/given'
import { clockAhead, microcodeOf } from '../../host/before-moving'
import type { EmulatorOf, MoveFacts } from '../../migration-session'
import type { QemuHost } from '../host'

/**
 * A line each: this boot of the machine, the network and the files that are seen here, user and group, free memory in
 * KiB, and what the processor is.
 */
const script = `
cat /proc/sys/kernel/random/boot_id
readlink /proc/self/ns/net; readlink /proc/self/ns/mnt
id -u; id -g
sed -n 's/^MemFree: *\\([0-9]*\\) kB$/\\1/p' /proc/meminfo
sed -n '/^\\(vendor_id\\|cpu family\\|model\\|model name\\|stepping\\|flags\\|Features\\)[^:]*:/p;/^$/q' /proc/cpuinfo | tr -s '\\t\\n' ' '`

/** Where QEMU runs on a host: what two of them have in common decides how they reach each other. */
export interface Standing {
  /** The same one: the same machine, and the same network in it. */
  readonly machine: string
  /** The same one on the same machine: the same paths. */
  readonly files: string
  readonly user: number
  readonly group: number
}

export interface StandingFacts extends Standing {
  readonly freeMemoryBytes?: number
  readonly processor: string
}

export async function standingOf({ commands }: QemuHost): Promise<StandingFacts> {
  const { stdout } = await commands.run(['sh', '-c', script], { timeoutMs: 10_000 })
  const [boot = '', network = '', files = '', user, group, free, processor = ''] = stdout.split('\n')
  const freeKib = Number(free)
  return {
    machine: `${boot} ${network}`,
    files,
    user: Number(user),
    group: Number(group),
    ...(freeKib > 0 ? { freeMemoryBytes: freeKib * 1024 } : {}),
    processor: processor.trim(),
  }
}

export async function readFacts(host: QemuHost, of: EmulatorOf): Promise<MoveFacts> {
  const [standing, clockAheadMs, microcode, emulator] = await Promise.all([
    standingOf(host),
    clockAhead(host.commands),
    microcodeOf(host.commands),
    // a host that has none tells no machine types, which says so
    host.emulators.of(of.architecture).catch(() => undefined),
  ])
  const { machine, user, group, freeMemoryBytes, processor } = standing
  return {
    // a machine can have several stores, each a host of its own
    hostUuid: `${machine} ${host.store.root}`,
    hostname: host.info.hostname,
    // nobody at the hosts could lead it
    ways: ['direct'],
    machine,
    ...given('hypervisorVersion', emulator?.version),
    ...given('clockAheadMs', clockAheadMs),
    // what a guest sees that is given "the host’s own": where it is emulated, all that this QEMU can emulate
    cpu: of.virtType === 'kvm' ? processor : `QEMU ${emulator?.version ?? ''}`,
    ...given('microcode', microcode),
    account: { user, group },
    ...given('freeMemoryBytes', freeMemoryBytes),
    machines: (emulator?.machines ?? []).flatMap(({ name, canonical }) => [
      name,
      ...(canonical === undefined ? [] : [canonical]),
    ]),
  }
}
