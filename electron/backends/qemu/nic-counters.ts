/**
 * What network cards carried, where the host counts it: at the TAP interface that is the other end of the cable. QEMU's own
 * user network (and passt) has none, so of cards in it nothing is told.
 */
import { given } from '../../../shared/given'
import type { NicCounters } from '../../../shared/model/vm-load'
import type { Link } from '../../link/link'

const limitMs = 5000

/**
 * Of the processes $1… each: "PID INTERFACE" and its counters. Which TAP interfaces a process has open stands in
 * /proc/PID/fdinfo (drivers/net/tun.c); only whoever started it may look.
 */
const script = `
for p; do
  for i in $(sed -n 's/^iff:[[:space:]]*//p' /proc/"$p"/fdinfo/* 2>/dev/null | sort -u); do
    d=/sys/class/net/$i/statistics
    [ -d "$d" ] || continue
    printf '%s %s' "$p" "$i"
    for f in rx_bytes rx_packets rx_errors rx_dropped tx_bytes tx_packets tx_errors tx_dropped; do
      v=; { read -r v <"$d/$f"; } 2>/dev/null
      printf ' %s' "\${v:--}"
    done
    printf '\\n'
  done
done
exit 0`

export async function readNics(link: Link, pids: readonly number[]): Promise<Map<number, NicCounters[]>> {
  if (pids.length === 0) return new Map()
  const argv = ['env', 'LC_ALL=C', 'sh', '-c', script, 'innkeeper', ...pids.map(String)]
  const { stdout } = await link.run(argv, { signal: AbortSignal.timeout(limitMs) })
  return nicsFrom(stdout)
}

/** What the host receives the guest has sent. */
export function nicsFrom(text: string): Map<number, NicCounters[]> {
  const found = new Map<number, NicCounters[]>()
  for (const line of text.split('\n')) {
    const [pid = '', name = '', ...figures] = line.split(' ')
    if (!/^\d{1,9}$/.test(pid) || name === '' || figures.length !== 8) continue
    const [
      sendBytes,
      sendPackets,
      sendErrors,
      sendDrops,
      receiveBytes,
      receivePackets,
      receiveErrors,
      receiveDrops,
    ] = figures.map((figure) => (/^\d{1,16}$/.test(figure) ? Number(figure) : undefined))
    found.set(Number(pid), [
      ...(found.get(Number(pid)) ?? []),
      {
        name,
        ...given('receiveBytes', receiveBytes),
        ...given('receivePackets', receivePackets),
        ...given('receiveErrors', receiveErrors),
        ...given('receiveDrops', receiveDrops),
        ...given('sendBytes', sendBytes),
        ...given('sendPackets', sendPackets),
        ...given('sendErrors', sendErrors),
        ...given('sendDrops', sendDrops),
      },
    ])
  }
  return found
}
