/** The network interfaces of a host as its kernel knows them. */
import { z } from 'zod'
import { AppError } from '../../../shared/errors'
import type { BridgeSettings, InterfaceKind } from '../../../shared/model/host-choices'
import type { Link } from '../../link/link'
import { given } from '../../../shared/given'
import { readLines } from './details-files'

export interface KernelLink {
  readonly name: string
  /** `guest`: the host's end of a VM's own network card; `loopback` goes to nobody either. */
  readonly kind: InterfaceKind | 'guest' | 'loopback'
  readonly isUp?: boolean
  readonly mac?: string
  readonly addresses: readonly string[]
  /** The bridge or bond it is a part of. */
  readonly master?: string
  /** What a VLAN or macvlan sits on. */
  readonly lower?: string
  readonly vlanId?: number
  readonly mtuBytes?: number
  readonly bridge?: BridgeSettings
}

const limitMs = 5000
const maxBytes = 4 * 1024 * 1024

/** Empty where nothing can be read. */
export async function readKernelLinks(link: Link): Promise<KernelLink[]> {
  try {
    return (await fromIp(link)) ?? (await fromSysfs(link))
  } catch (error) {
    if (error instanceof AppError) return []
    throw error
  }
}

/** Undefined where the program is missing or, as on small systems, cannot write JSON. */
async function fromIp(link: Link): Promise<KernelLink[] | undefined> {
  try {
    const argv = ['ip', '-j', '-d', 'address', 'show']
    const { stdout, code } = await link.run(argv, { signal: AbortSignal.timeout(limitMs), maxBytes })
    return code === 0 ? parseIpLinks(stdout) : undefined
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}

const ipLink = z.object({
  ifname: z.string(),
  link_type: z.string().optional(),
  operstate: z.string().optional(),
  flags: z.array(z.string()).default([]),
  address: z.string().optional(),
  master: z.string().optional(),
  link: z.string().nullish(),
  mtu: z.number().optional(),
  linkinfo: z
    .object({ info_kind: z.string().optional(), info_data: z.record(z.string(), z.unknown()).optional() })
    .optional(),
  addr_info: z
    .array(
      z.object({
        local: z.string().optional(),
        prefixlen: z.number().optional(),
        scope: z.string().optional(),
      }),
    )
    .default([]),
})

export function parseIpLinks(text: string): KernelLink[] | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!Array.isArray(parsed)) return undefined
  return parsed.flatMap((item) => {
    const read = ipLink.safeParse(item)
    if (!read.success) return []
    const { data } = read
    const kind = data.link_type === 'loopback' ? 'loopback' : kindOf(data.linkinfo?.info_kind)
    return [
      {
        name: data.ifname,
        kind,
        ...given('isUp', isUp(kind, data.operstate, data.flags.includes('UP'))),
        ...given('mac', data.address?.toLowerCase()),
        addresses: data.addr_info
          // each interface has an address of this scope, which tells nothing
          .filter((one) => one.scope !== 'link')
          .flatMap(({ local, prefixlen }) =>
            local === undefined ? [] : [prefixlen === undefined ? local : `${local}/${prefixlen}`],
          ),
        ...given('master', data.master),
        ...given('lower', data.link ?? undefined),
        ...given('mtuBytes', data.mtu),
        ...detailsOf(kind, data.linkinfo?.info_data ?? {}),
      },
    ]
  })
}

/** What ip-link(8) tells of VLANs and bridges; times come in hundredths of a second. */
function detailsOf(
  kind: KernelLink['kind'],
  data: Readonly<Record<string, unknown>>,
): Pick<KernelLink, 'vlanId' | 'bridge'> {
  const number = (name: string): number | undefined => {
    const value = data[name]
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined
  }
  const seconds = (name: string): number | undefined => {
    const value = number(name)
    return value === undefined ? undefined : value / 100
  }
  const flag = (name: string): boolean | undefined => {
    const value = number(name)
    return value === undefined ? undefined : value !== 0
  }
  if (kind === 'vlan') return given('vlanId', number('id'))
  const stp = flag('stp_state')
  if (kind !== 'bridge' || stp === undefined) return {}
  const mask = data['group_fwd_mask']
  return {
    bridge: {
      stp,
      ...given('priority', number('priority')),
      ...given('forwardDelayS', seconds('forward_delay')),
      ...given('helloTimeS', seconds('hello_time')),
      ...given('maxAgeS', seconds('max_age')),
      ...given('ageingTimeS', seconds('ageing_time')),
      ...given('groupForwardMask', typeof mask === 'string' ? mask : undefined),
      ...given('multicastSnooping', flag('mcast_snooping')),
      ...given('vlanFiltering', flag('vlan_filtering')),
      ...given('defaultVlan', number('vlan_default_pvid')),
    },
  }
}

const kinds: Record<string, KernelLink['kind']> = {
  bridge: 'bridge',
  openvswitch: 'openvswitch',
  bond: 'bond',
  team: 'bond',
  vlan: 'vlan',
  tun: 'guest',
  macvtap: 'guest',
}

/** Without a kind it is driven by hardware. */
function kindOf(infoKind: string | undefined): KernelLink['kind'] {
  return infoKind === undefined ? 'physical' : (kinds[infoKind] ?? 'virtual')
}

/** A bridge without guests has no carrier, and works nevertheless. */
function isUp(kind: string, operstate: string | undefined, isSetUp: boolean): boolean | undefined {
  if (kind === 'bridge' || kind === 'openvswitch' || operstate?.toUpperCase() === 'UNKNOWN') return isSetUp
  return operstate === undefined ? undefined : operstate.toUpperCase() === 'UP'
}

async function fromSysfs(link: Link): Promise<KernelLink[]> {
  const folder = '/sys/class/net'
  const { stdout } = await link.run(['ls', '-1', folder], { signal: AbortSignal.timeout(limitMs), maxBytes })
  const names = stdout.split('\n').filter((name) => /^[^/:\s]{1,15}$/.test(name) && !/^\.\.?$/.test(name))
  if (names.length === 0) return []
  const files = names.flatMap((name) =>
    ['uevent', 'operstate', 'address', 'type', 'flags', 'tun_flags', 'device/uevent'].map(
      (file) => `${folder}/${name}/${file}`,
    ),
  )
  const texts = await readLines(link, files)
  return names.map((name) => sysfsLink(name, (file) => texts.get(`${folder}/${name}/${file}`)))
}

/** https://docs.kernel.org/ABI/testing/sysfs-class-net.html; exported for tests. */
export function sysfsLink(
  name: string,
  linesOf: (file: string) => readonly string[] | undefined,
): KernelLink {
  const first = (file: string): string | undefined => linesOf(file)?.[0]?.trim()
  const type = linesOf('uevent')
    ?.map((line) => /^DEVTYPE=(.+)$/.exec(line.trim())?.[1])
    .find(Boolean)
  const isLoopback = first('type') === '772'
  const known = kinds[type ?? ''] ?? (linesOf('device/uevent') ? 'physical' : 'virtual')
  const kind = isLoopback ? 'loopback' : first('tun_flags') === undefined ? known : 'guest'
  const flags = Number(first('flags'))
  return {
    name,
    kind,
    ...given('isUp', isUp(kind, first('operstate'), Number.isFinite(flags) && flags % 2 === 1)),
    ...given('mac', first('address')?.toLowerCase()),
    addresses: [],
  }
}
