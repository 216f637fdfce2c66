/**
 * What network cards carried, where the host counts it: at the TAP interface that is the other end of the cable. QEMU's own
 * user network (and passt) has none, so of cards in it nothing is told.
 */
import { given } from '../../../shared/given'
import type { NicCounters } from '../../../shared/model/vm-load'
import type { Link } from '../../link/link'

const limitMs = 5000

/**
 * Of the processes $1… each: "PID INTERFACE", then the counters of all interfaces. Which TAP interfaces a process has open
 * stands in /proc/PID/fdinfo (drivers/net/tun.c); only whoever started it may look.
 */
const script = `
for p; do
  for i in $(sed -n 's/^iff:[[:space:]]*//p' /proc/"$p"/fdinfo/* 2>/dev/null | sort -u); do
    printf '%s %s\\n' "$p" "$i"
  done
done
cat /proc/net/dev`

export async function readNics(link: Link, pids: readonly number[]): Promise<Map<number, NicCounters[]>> {
  if (pids.length === 0) return new Map()
  const argv = ['env', 'LC_ALL=C', 'sh', '-c', script, 'innkeeper', ...pids.map(String)]
  const { stdout } = await link.run(argv, { signal: AbortSignal.timeout(limitMs) })
  return nicsFrom(stdout)
}

/** What the host receives the guest has sent. */
export function nicsFrom(text: string): Map<number, NicCounters[]> {
  const lines = text.split('\n')
  const counters = new Map(lines.flatMap((line) => countersIn(line) ?? []))
  const found = new Map<number, NicCounters[]>()
  for (const line of lines) {
    const [, pid = '', name = ''] = /^(\d{1,9}) (\S{1,15})$/.exec(line) ?? []
    const own = counters.get(name)
    if (own) found.set(Number(pid), [...(found.get(Number(pid)) ?? []), own])
  }
  return found
}

/** proc_pid_net(5): eight counters of what was received, eight of what was sent. */
function countersIn(line: string): [[string, NicCounters]] | undefined {
  const [, name, rest] = /^\s*([^\s:]+):\s*(.*)$/.exec(line) ?? []
  const figures = (rest ?? '').trim().split(/\s+/).map(Number)
  const [receivedBytes, receivedPackets, receivedErrors, receivedDrops] = figures
  const [sentBytes, sentPackets, sentErrors, sentDrops] = figures.slice(8)
  if (name === undefined || figures.length < 16 || !figures.every(Number.isFinite)) return undefined
  return [
    [
      name,
      {
        name,
        ...given('receiveBytes', sentBytes),
        ...given('receivePackets', sentPackets),
        ...given('receiveErrors', sentErrors),
        ...given('receiveDrops', sentDrops),
        ...given('sendBytes', receivedBytes),
        ...given('sendPackets', receivedPackets),
        ...given('sendErrors', receivedErrors),
        ...given('sendDrops', receivedDrops),
      },
    ],
  ]
}
