/** Work and memory of the host, as its kernel counts them (proc(5)). */
import { given } from '../../../shared/given'
import type { HostCounters, HostMemory } from '../../../shared/model/host-load'
import type { Link } from '../../link/link'

const limitMs = 5000
const tickNs = 10_000_000

export async function readHostCounters(link: Link): Promise<HostCounters> {
  const { stdout } = await link.run(['cat', '--', '/proc/stat', '/proc/meminfo'], {
    signal: AbortSignal.timeout(limitMs),
  })
  return { ...given('cpu', cpuFrom(stdout)), ...given('memory', memoryFrom(stdout)) }
}

/** "cpu  user nice system idle iowait irq softirq steal …" */
export function cpuFrom(text: string): HostCounters['cpu'] {
  const line = /^cpu +(\d+(?: \d+){3,})/m.exec(text)?.[1]
  if (line === undefined) return undefined
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0] = line
    .split(' ')
    .map((ticks) => Number(ticks) * tickNs)
  return { userNs: user + nice, systemNs: system + irq + soft, idleNs: idle, ioWaitNs: wait }
}

export function memoryFrom(text: string): HostMemory | undefined {
  const bytes = (name: string): number | undefined => {
    const kiB = new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(text)?.[1]
    return kiB === undefined ? undefined : Number(kiB) * 1024
  }
  const [totalBytes, freeBytes] = [bytes('MemTotal'), bytes('MemFree')]
  if (totalBytes === undefined || freeBytes === undefined) return undefined
  return {
    totalBytes,
    freeBytes,
    ...given('buffersBytes', bytes('Buffers')),
    ...given('cachedBytes', bytes('Cached')),
  }
}
