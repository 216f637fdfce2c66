import { AppError } from '../../../shared/errors'
import type { Link } from '../../link/link'
import { hostScript } from './host-script'

export interface SocketFacts {
  readonly path: string
  /** hidden: its folder may not be looked into. */
  readonly state: 'missing' | 'hidden' | 'there'
  readonly mayOpen: boolean
  readonly owner?: string
  readonly group?: string
  /** As ls shows it: srwxrwx---. */
  readonly mode?: string
}

export interface UnitFacts {
  readonly name: string
  readonly isLoaded: boolean
  readonly active: string
  readonly enabled: string
}

/** What a host says about itself when it lets us run a command. Everything is the host's word, bounded and untrusted. */
export interface HostFacts {
  readonly user: string
  readonly uid: number
  readonly groups: readonly string[]
  /** Groups the account has on paper; more than `groups` until it signs in anew. */
  readonly accountGroups: readonly string[]
  readonly clockMs: number | undefined
  readonly kernel: string
  readonly os: string
  readonly programs: readonly string[]
  readonly sockets: readonly SocketFacts[]
  readonly hasSystemd: boolean
  readonly units: readonly UnitFacts[]
  readonly processes: readonly string[]
  readonly kvm: { readonly state: 'missing' | 'denied' | 'usable'; readonly listing: string }
  /** vmx or svm; empty where the processor has neither or hides it. */
  readonly cpuFlag: string
  readonly isGuest: boolean
  readonly iommuCount: number
  /** Undefined where there is no Xen; "control_d" in it marks dom0. */
  readonly xen: string | undefined
}

export async function readHostFacts(
  link: Link,
  sockets: readonly string[],
  signal: AbortSignal,
): Promise<HostFacts> {
  const { stdout, stderr, code } = await link.run(['sh', '-c', hostScript, 'innkeeper', ...sockets], {
    signal,
    maxBytes: 262_144,
  })
  if (!/^end=yes$/m.test(stdout)) {
    throw new AppError('denied', 'The account may not run ordinary commands on the host', {
      cure: 'Give it a login shell there (a forced command or a restricted shell answers instead)',
      detail: [stderr.trim(), stdout.trim(), `exit code ${code}`].filter(Boolean).join('\n').slice(0, 2000),
    })
  }
  return parseHostFacts(stdout)
}

export function parseHostFacts(text: string): HostFacts {
  const values = new Map<string, string[]>()
  const unitLines: string[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith('unit')) {
      unitLines.push(line.slice(5))
      continue
    }
    const equals = line.indexOf('=')
    if (equals > 0) {
      const name = line.slice(0, equals)
      values.set(name, [...(values.get(name) ?? []), line.slice(equals + 1)])
    }
  }
  const one = (name: string): string => values.get(name)?.[0]?.trim() ?? ''
  const words = (name: string): string[] => one(name).split(/\s+/).filter(Boolean)
  const clock = Number(one('clock'))
  const kvm = /^(yes|no) (.*)$/.exec(one('kvm'))
  return {
    user: one('user'),
    uid: Number(one('uid') || Number.NaN),
    groups: words('groups'),
    accountGroups: words('accountgroups'),
    clockMs: Number.isFinite(clock) && clock > 0 ? clock * 1000 : undefined,
    kernel: one('kernel'),
    os: one('os'),
    programs: [...new Set(values.get('program') ?? [])],
    sockets: (values.get('socket') ?? []).flatMap(parseSocket),
    hasSystemd: one('systemd') === 'yes',
    units: parseUnits(unitLines),
    processes: values.get('process') ?? [],
    kvm: { state: kvm ? (kvm[1] === 'yes' ? 'usable' : 'denied') : 'missing', listing: kvm?.[2] ?? '' },
    cpuFlag: one('cpu'),
    isGuest: one('nested') === 'yes',
    iommuCount: Number(one('iommu')) || 0,
    xen: values.has('xen') ? one('xen') : undefined,
  }
}

/** "yes PATH srwxrwx--- 1 root libvirt 0 Jan 1 00:00 PATH", the end as ls -l prints it (POSIX, ls). */
function parseSocket(text: string): SocketFacts[] {
  const gone = /^(missing|hidden) (\/.*)$/.exec(text)
  if (gone) return [{ path: gone[2] ?? '', state: gone[1] as 'missing' | 'hidden', mayOpen: false }]
  const there = /^(yes|no) (\/.*?) (s[rwxStTs-]{9})\S* +\d+ +(\S+) +(\S+) /.exec(`${text} `)
  if (!there) return []
  const [, may, path = '', mode = '', owner = '', group = ''] = there
  return [{ path, state: 'there', mayOpen: may === 'yes', owner, group, mode }]
}

/** Blocks of `systemctl show`, one a unit, parted by an empty line. */
function parseUnits(lines: readonly string[]): UnitFacts[] {
  return lines
    .join('\n')
    .split(/\n\s*\n/)
    .flatMap((block) => {
      const value = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(block)?.[1]?.trim() ?? ''
      const name = value('Id')
      if (name === '') return []
      return [
        {
          name,
          isLoaded: value('LoadState') === 'loaded',
          active: value('ActiveState'),
          enabled: value('UnitFileState'),
        },
      ]
    })
}
