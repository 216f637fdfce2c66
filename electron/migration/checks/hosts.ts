/** Whether the two hosts go together at all: kinds, names, versions, clocks, accounts, and whether one finds the other. */
import { contradictions } from '../../../shared/model/migration/options'
import type { MoveInput, MoveCheck } from '../../../shared/model/migration/move'
import { isActive } from '../../../shared/model/vm'
import type { MoveSurroundings } from '../look'
import { bad, ok } from './check'

export function hostChecks(input: MoveInput, around: MoveSurroundings): MoveCheck[] {
  return [
    ...contradictions(input.options).map(({ field, message }) =>
      bad('error', `options.${field}`, 'Options', message, { field, cure: 'Choose one of the two.' }),
    ),
    ...compressionChecks(input, around),
    ...wayCheck(input, around),
    sameHost(around),
    nameCheck(input, around),
    ...permanence(input, around),
    machineCheck(around),
    versionCheck(around),
    ...(around.isRunning ? [clockCheck(around), reachCheck(input, around)] : []),
    ...(input.options.storage === 'shared' ? [accountCheck(around)] : []),
  ]
}

function wayCheck({ options: { way } }: MoveInput, { source: { ways } }: MoveSurroundings): MoveCheck[] {
  if (!ways || ways.includes(way)) return []
  return [
    bad(
      'error',
      'options.way',
      'Options',
      'Without libvirt there is nobody at the source who could lead the move.',
      {
        field: 'way',
        cure: 'Let Innkeeper lead it.',
      },
    ),
  ]
}

/** https://libvirt.org/news.html, 9.1.0; https://www.qemu.org/docs/master/about/removed-features.html, 9.1. */
function compressionChecks(
  { options: { compression } }: MoveInput,
  { source, target, isRunning }: MoveSurroundings,
): MoveCheck[] {
  if (!isRunning) return []
  const say = (message: string, cure: string, how: 'error' | 'warning' = 'error'): MoveCheck[] => [
    bad(how, 'options.compression', 'Options', message, { field: 'compression', cure }),
  ]
  const sides = [source, target]
  if (
    (compression === 'zlib' || compression === 'zstd') &&
    sides.some(({ daemonVersion }) => isOlder(daemonVersion, '9.1.0'))
  )
    return say(
      `${compression} needs libvirt 9.1 on both hosts.`,
      'Choose another compression, or none; update libvirt to have it.',
    )
  if (
    compression === 'mt' &&
    sides.some(({ hypervisorVersion: of }) => of !== undefined && !isOlder(of, '9.1.0'))
  )
    return say(
      'QEMU 9.1 and newer do not compress with several threads any more.',
      'Choose parallel connections with zlib or zstd.',
    )
  if (compression === 'mt')
    return say(
      'QEMU has given up compression with several threads, and guests were seen to stand still after it.',
      'Choose XBZRLE, or parallel connections with zlib or zstd.',
      'warning',
    )
  return []
}

function sameHost({ source, target }: MoveSurroundings): MoveCheck {
  return source.hostUuid !== undefined && source.hostUuid === target.hostUuid
    ? bad('error', 'host', 'Hosts', 'Both are the same host.', { cure: 'Choose another destination.' })
    : isSameMachine({ source, target })
      ? ok('host', 'Hosts', `Both are on the machine ${target.hostname}.`)
      : ok('host', 'Hosts', `From ${source.hostname} to ${target.hostname}.`)
}

/** Only hosts without a daemon tell: a machine can have several of them. */
function isSameMachine({ source, target }: Pick<MoveSurroundings, 'source' | 'target'>): boolean {
  return source.machine !== undefined && source.machine === target.machine
}

function nameCheck({ options, vm: id }: MoveInput, { vm, targetVms }: MoveSurroundings): MoveCheck {
  const name = options.newName ?? vm.name
  const own = targetVms.find((one) => one.id === id)
  if (own && isActive(own.state))
    return bad(
      'error',
      'name',
      'Name',
      `The VM, by its UUID, runs at the destination already, as "${own.name}".`,
      {
        cure: 'Force one of the two off.',
      },
    )
  if (targetVms.some((one) => one.id !== id && one.name === name))
    return bad('error', 'name', 'Name', `The destination has another VM called "${name}".`, {
      cure: 'Give it another name at the destination.',
      field: 'newName',
    })
  if (own && own.name !== name)
    return bad('error', 'name', 'Name', `The destination has this VM, by its UUID, as "${own.name}".`, {
      cure: 'Delete that definition, without its disks.',
    })
  return own
    ? bad(
        'warning',
        'name',
        'Name',
        'The destination has a definition of this VM, shut off: it is overwritten.',
      )
    : ok('name', 'Name', `"${name}" is free at the destination.`)
}

function permanence({ options }: MoveInput, { vm, isRunning }: MoveSurroundings): MoveCheck[] {
  if (!isRunning && !vm.isPersistent) return []
  if (isRunning && !options.isPermanent)
    return [
      bad(
        'warning',
        'permanent',
        'Permanence',
        'The move is temporary: once it stops there, the VM is gone from the destination.',
        {
          field: 'isPermanent',
          ...(options.removesSource
            ? {
                cure: 'Keep its definition at the source, or move it for good: otherwise nobody has it then.',
              }
            : {}),
        },
      ),
    ]
  return []
}

function machineCheck({ emulator, target }: MoveSurroundings): MoveCheck {
  const { architecture, machine = '' } = emulator
  if (target.machines.length === 0)
    return bad('error', 'machine', 'Machine type', `The destination does not run ${architecture} VMs.`, {
      cure: 'Choose another destination, or install its emulator there.',
    })
  if (machine === '' || target.machines.includes(machine))
    return ok('machine', 'Machine type', `${machine || architecture} is there.`)
  return bad('error', 'machine', 'Machine type', `The destination has no machine type ${machine}.`, {
    cure: 'Its QEMU is older or of another distribution: update it, or give the VM a machine type that both have.',
  })
}

function versionCheck({ source, target }: MoveSurroundings): MoveCheck {
  const older = [
    isOlder(target.hypervisorVersion, source.hypervisorVersion)
      ? `hypervisor ${target.hypervisorVersion} (the source has ${source.hypervisorVersion})`
      : undefined,
    isOlder(target.daemonVersion, source.daemonVersion)
      ? `libvirt ${target.daemonVersion} (the source has ${source.daemonVersion})`
      : undefined,
  ].filter((one) => one !== undefined)
  if (older.length === 0) return ok('versions', 'Versions', 'The destination is not older than the source.')
  return bad('warning', 'versions', 'Versions', `The destination is older: ${older.join(' and ')}.`, {
    cure: 'Moving to an older host often works, and is not promised by anybody.',
  })
}

/** Numbers of a version, compared one by one. */
export function isOlder(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false
  const [a, b] = [one, other].map((text) => text.split('.').map(Number))
  for (let at = 0; at < Math.max(a?.length ?? 0, b?.length ?? 0); at += 1) {
    const difference = (a?.[at] ?? 0) - (b?.[at] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}

/** Reading a clock over a slow line is no more exact. */
const clockToleranceMs = 2000

function clockCheck({ source, target }: MoveSurroundings): MoveCheck {
  if (source.clockAheadMs === undefined || target.clockAheadMs === undefined)
    return bad(
      'unknown',
      'clock',
      'Clocks',
      'The clocks of the hosts cannot be read over these connections.',
      {
        cure: 'Guests take their time from the host: both should run an NTP client.',
      },
    )
  const apartMs = Math.abs(source.clockAheadMs - target.clockAheadMs)
  return apartMs > clockToleranceMs
    ? bad(
        'warning',
        'clock',
        'Clocks',
        `The clocks of the hosts are ${Math.round(apartMs / 1000)} seconds apart.`,
        {
          cure: 'Run an NTP client on both: the guest’s time would jump.',
        },
      )
    : ok('clock', 'Clocks', 'Both hosts have the same time.')
}

function reachCheck({ options }: MoveInput, { source, target, isReached }: MoveSurroundings): MoveCheck {
  const address = options.dataAddress ?? target.hostname
  if (isSameMachine({ source, target })) return ok('reach', 'Data', 'They do not leave the machine.')
  if (/^localhost(\.|$)/.test(address))
    return bad(
      'error',
      'reach',
      'Data',
      `The destination calls itself "${address}", where the source would find only itself.`,
      {
        cure: 'Give the address at which the source reaches it.',
        field: 'dataAddress',
      },
    )
  const ports = options.dataPort === undefined ? 'TCP ports 49152 to 49215' : `TCP port ${options.dataPort}`
  if (options.way === 'tunnelled')
    return ok('reach', 'Data', 'They go through the connection between the daemons.')
  if (isReached === false)
    return bad('error', 'reach', 'Data', `The source does not find a host called "${address}".`, {
      cure: 'Give its address, or make the name known at the source (DNS or /etc/hosts).',
      field: 'dataAddress',
    })
  const isOpen = source.machine !== undefined && options.isEncrypted !== true
  const open = isOpen ? ' They are not encrypted unless you choose so below.' : ''
  return isReached === true
    ? ok(
        'reach',
        'Data',
        `The source knows ${address}. The destination’s firewall has to let in ${ports}.${open}`,
      )
    : bad(
        'unknown',
        'reach',
        'Data',
        `Whether the source finds ${address} cannot be looked at over this connection.`,
        {
          cure: `The destination’s firewall has to let in ${ports}.`,
        },
      )
}

function accountCheck({ source, target }: MoveSurroundings): MoveCheck {
  const [a, b] = [source.account, target.account]
  if (!a || !b)
    return bad('unknown', 'account', 'Accounts', 'As whom the hosts run VMs is not told.', {
      cure: 'With shared storage the numbers of that user and group have to be the same on both.',
    })
  return a.user === b.user && a.group === b.group
    ? ok('account', 'Accounts', 'VMs run as the same user on both hosts.')
    : bad(
        'warning',
        'account',
        'Accounts',
        `VMs run as user ${a.user}:${a.group} at the source and ${b.user}:${b.group} at the destination.`,
        {
          cure: 'Give the user and group of QEMU the same numbers on all hosts, or the disks cannot be opened.',
        },
      )
}
