/** What xentop tells of a Xen host (tools/xentop/xentop.c prints it so). */
import { AppError } from '../../../../shared/errors'
import type { XenDomain, XenNet, XenTraffic, XenVbd } from '../../../../shared/model/monitor/xen'
import { xlLetters } from '../../../../shared/model/xl-state'
import { given } from '../../../../shared/given'
import { toolPath } from '../../host/services'
import type { HostCommands } from '../../images/host-commands'

/** Twice, a second apart: shares of CPUs and rates are of that second. Full names, cards and disks as well. */
const watchSecond = ['xentop', '-b', '-f', '-n', '-x', '-i', '2', '-d', '1']

export async function readXentop(commands: HostCommands): Promise<XenDomain[]> {
  const { stdout, stderr, code } = await commands.run([toolPath, ...watchSecond])
  if (code === 127)
    throw new AppError('unsupported', 'The host has no xentop', {
      cure: 'Install xen-utils there (on Fedora and SUSE: xen-runtime, xen-tools).',
    })
  const rounds = parseXentop(stdout)
  const last = rounds.at(-1)
  if (code !== 0 || !last)
    throw new AppError('denied', 'xentop on the host tells nothing', {
      cure: 'It needs root, and a host that was started under Xen.',
      detail: (stderr || stdout).trim() || undefined,
    })
  const before = rounds.length > 1 ? rounds.at(-2) : undefined
  return last.map((domain) =>
    withRates(
      before?.find(({ name }) => name === domain.name),
      domain,
    ),
  )
}

/** A list of domains for each time it looked. */
export function parseXentop(stdout: string): XenDomain[][] {
  const rounds: Open[][] = []
  for (const line of stdout.split('\n')) {
    if (/^\s*NAME\s+STATE\s/.test(line)) rounds.push([])
    const round = rounds.at(-1)
    if (!round) continue
    const domain = domainFrom(line)
    if (domain) round.push(domain)
    const owner = round.at(-1)
    const net = netFrom(line)
    if (net) owner?.nets.push(net)
    const vbd = vbdFrom(line)
    if (vbd) owner?.vbds.push(vbd)
  }
  return rounds
}

type Open = Omit<XenDomain, 'nets' | 'vbds'> & { readonly nets: XenNet[]; readonly vbds: XenVbd[] }

/** The name may have any width; sectors are missing in old versions. */
const domainLine =
  /^\s*(\S.*?) +([-dsbcpr]{6}) +(\d+) +([\d.]+) +(\d+) +([\d.]+) +(no limit|\d+) +(?:n\/a|[\d.]+) +(\d+)(?: +(?:\d+|-))+ *$/

function domainFrom(line: string): Open | undefined {
  const [, name, states = '', cpu, cpuShare, memory, memoryShare, most, vcpus] = domainLine.exec(line) ?? []
  if (name === undefined) return undefined
  return {
    name,
    states: xlLetters(states),
    cpuSeconds: Number(cpu),
    cpuPercent: Number(cpuShare),
    memoryBytes: Number(memory) * 1024,
    memoryPercent: Number(memoryShare),
    ...given('maxMemoryBytes', most === 'no limit' ? undefined : Number(most) * 1024),
    vcpuCount: Number(vcpus),
    nets: [],
    vbds: [],
  }
}

const traffic = String.raw` *(\d+)bytes +(\d+)pkts +(\d+)err +(\d+)drop`
const netLine = new RegExp(`^Net(\\d+) RX:${traffic} +TX:${traffic}`)

function netFrom(line: string): XenNet | undefined {
  const found = netLine.exec(line)
  if (!found) return undefined
  const [number = 0, ...figures] = found.slice(1).map(Number)
  const of = (at: number): XenTraffic => ({
    bytes: figures[at] ?? 0,
    packets: figures[at + 1] ?? 0,
    errors: figures[at + 2] ?? 0,
    drops: figures[at + 3] ?? 0,
  })
  return { number, receive: of(0), send: of(4) }
}

const vbdLine = /^VBD (\w+) +(\d+) .*?OO: +(\d+|-) +RD: +(\d+|-) +WR: +(\d+|-)/

function vbdFrom(line: string): XenVbd | undefined {
  const [, backend, device, outOfOrder, reads, writes] = vbdLine.exec(line) ?? []
  if (backend === undefined) return undefined
  const count = (text: string | undefined): number | undefined =>
    text === undefined || text === '-' ? undefined : Number(text)
  return {
    backend,
    device: Number(device),
    ...given('outOfOrder', count(outOfOrder)),
    ...given('reads', count(reads)),
    ...given('writes', count(writes)),
  }
}

/** A counter that went backwards has no rate: another domain has the name now. */
function withRates(before: XenDomain | undefined, now: XenDomain): XenDomain {
  const rate = (from: number | undefined, to: number | undefined): number | undefined =>
    from === undefined || to === undefined || to < from ? undefined : to - from
  const flow = (from: XenTraffic | undefined, to: XenTraffic): XenTraffic => ({
    ...to,
    ...given('bytesPerSecond', rate(from?.bytes, to.bytes)),
  })
  return {
    ...now,
    nets: now.nets.map((net) => {
      const old = before?.nets.find(({ number }) => number === net.number)
      return { ...net, receive: flow(old?.receive, net.receive), send: flow(old?.send, net.send) }
    }),
    vbds: now.vbds.map((vbd) => {
      const old = before?.vbds.find(({ device }) => device === vbd.device)
      return {
        ...vbd,
        ...given('readsPerSecond', rate(old?.reads, vbd.reads)),
        ...given('writesPerSecond', rate(old?.writes, vbd.writes)),
      }
    }),
  }
}
