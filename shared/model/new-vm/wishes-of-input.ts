/** The choices of the wizard that come to a new VM: the way back from what was asked of main. */
import type { CloudWish } from './cloud-wish'
import type { ContainerWish } from './container-wish'
import type { InstallSource, NewVmInput } from './new-vm'
import type { DiskWish, Wishes } from './wishes'

export function wishesOfInput(input: NewVmInput): Wishes {
  const { guest, source, osId, firmware, count, changes, changesBase } = input
  return {
    name: input.name,
    ...(osId === undefined ? { noOs: true } : { osId }),
    virtType: guest.virtType,
    osType: guest.osType,
    architecture: guest.architecture,
    ...(guest.machine === undefined ? {} : { machine: guest.machine }),
    ...(firmware === undefined ? {} : { firmware }),
    hasTpm: input.hasTpm,
    vcpuCount: input.vcpuCount,
    memoryBytes: input.memoryBytes,
    disks: input.disks.map(diskWish),
    nics: input.nics,
    graphics: input.graphics,
    hasAutostart: input.hasAutostart,
    startsNow: input.startsNow,
    ...(count === undefined ? {} : { count }),
    ...(changes.length === 0 ? {} : { changes }),
    ...(changesBase === undefined ? {} : { changesBase }),
    ...sourceWishes(source),
  }
}

function diskWish(disk: NewVmInput['disks'][number]): DiskWish {
  const { bus, ...rest } = disk
  const own = bus === undefined ? {} : { bus }
  if (rest.kind === 'existing') return { ...rest, ...own }
  const { volume, original, ...made } = rest
  return {
    ...made,
    ...own,
    ...(volume === undefined ? {} : { volume }),
    // the app knows files of this computer only as long as it runs
    ...(original === undefined ? {} : { original: original.kind === 'local' ? 'missing' : original }),
  }
}

function sourceWishes(source: InstallSource): Wishes {
  const { kind } = source
  switch (source.kind) {
    case 'iso':
      return { source: kind, disc: source.disc, second: source.second }
    case 'drive':
      return { source: kind, device: source.device }
    case 'cloud':
      return { source: kind, cloud: cloudWish(source) }
    case 'tree': {
      const { url, kernelArgs, answersUrl, isTextConsole } = source
      return {
        source: kind,
        tree: { url, kernelArgs, isTextConsole, ...(answersUrl === undefined ? {} : { answersUrl }) },
        ...(answersUrl === undefined ? {} : { answers: { kind: 'url' } }),
      }
    }
    case 'container':
      return { source: kind, container: containerWish(source) }
    default:
      return { source: kind }
  }
}

function cloudWish({
  base,
  how,
  pool,
  sizeBytes,
  init,
}: Extract<InstallSource, { kind: 'cloud' }>): CloudWish {
  const { user, hostname, network } = init
  return {
    base,
    how,
    pool,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    ...(hostname === undefined ? {} : { hostname }),
    ...(user
      ? { userName: user.name, sshKeys: user.sshKeys.join('\n'), isAdmin: user.isAdmin }
      : { isRaw: true }),
    ...(user?.password === undefined ? {} : { password: user.password }),
    packages: init.packages.join(' '),
    network: network.kind,
    ...(network.kind === 'static'
      ? { address: network.address, gateway: network.gateway ?? '', dns: network.dns.join(' ') }
      : {}),
    ...(init.userData === undefined ? {} : { userData: init.userData }),
    ...(init.networkConfig === undefined ? {} : { networkConfig: init.networkConfig }),
  }
}

function containerWish(source: Extract<InstallSource, { kind: 'container' }>): ContainerWish {
  const { what, root, init, args, env, workDir, ids } = source
  return {
    what,
    root: root ?? '',
    init,
    args: args.join('\n'),
    env: env.map(({ name, value }) => `${name}=${value}`).join('\n'),
    workDir: workDir ?? '',
    hasOwnIds: ids !== undefined,
    ...ids,
  }
}
