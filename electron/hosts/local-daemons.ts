import { constants } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { AppError, errorData } from '../../shared/errors'
import type { LocalDaemon } from '../../shared/model/host'

interface Candidate {
  readonly uri: string
  readonly title: string
  /** In the order libvirt itself prefers: the driver's own daemon, then the one that serves all drivers. */
  readonly sockets: readonly string[]
}

export interface LocalPlaces {
  readonly systemDirectory: string
  readonly sessionDirectory: string | undefined
  /** Present on Xen hosts only; holds "control_d" where guests can be managed. */
  readonly xenCapabilities: string
  readonly platform: NodeJS.Platform
  /** Where programs are looked for; QEMU needs no service, so it is found by its programs. */
  readonly programDirectories: readonly string[]
  /** Rejects when the socket may not be opened. */
  canOpen(socket: string): Promise<void>
}

const runtimeDirectory = process.env['XDG_RUNTIME_DIR']

/** Programs of a desktop are started with few of them. */
const usualProgramDirectories = ['/usr/bin', '/usr/local/bin']

const defaultPlaces: LocalPlaces = {
  systemDirectory: '/run/libvirt',
  sessionDirectory: runtimeDirectory === undefined ? undefined : join(runtimeDirectory, 'libvirt'),
  xenCapabilities: '/proc/xen/capabilities',
  platform: process.platform,
  programDirectories: [
    ...new Set([...(process.env['PATH'] ?? '').split(delimiter), ...usualProgramDirectories]),
  ],
  canOpen: (socket) => access(socket, constants.R_OK | constants.W_OK),
}

/**
 * Hypervisor daemons of this computer, found by their sockets (https://libvirt.org/daemons.html), and whether this
 * user may open them; at last QEMU itself, which needs none. Nothing is started or connected to.
 */
export async function findLocalDaemons(
  places: LocalPlaces = defaultPlaces,
): Promise<Omit<LocalDaemon, 'isAdded'>[]> {
  if (process.platform === 'win32') return []
  const isXen = await exists(places.xenCapabilities)
  const found = await Promise.all(candidates(places, isXen).map((candidate) => judge(candidate, places)))
  const daemons = found.filter((daemon) => daemon !== undefined)
  return (await hasQemu(places)) ? [...daemons, qemuItself] : daemons
}

const qemuItself: Omit<LocalDaemon, 'isAdded'> = {
  uri: 'qemu-direct:///',
  title: 'QEMU on this computer, without a service',
  access: { ok: true },
}

async function hasQemu({ platform, programDirectories }: LocalPlaces): Promise<boolean> {
  // its VMs are kept and started by tools as Linux has them (backends/qemu/store)
  if (platform !== 'linux') return false
  const lists = await Promise.all(
    programDirectories.map((folder) => readdir(folder).catch((): string[] => [])),
  )
  return lists.flat().some((name) => /^qemu-system-[\w-]+$/.test(name))
}

function candidates(places: LocalPlaces, isXen: boolean): Candidate[] {
  const system = (name: string): string => join(places.systemDirectory, name)
  const shared = system('libvirt-sock')
  const list: Candidate[] = [
    // on a Xen host the one daemon for all drivers speaks for Xen
    {
      uri: 'qemu:///system',
      title: 'QEMU/KVM on this computer',
      sockets: isXen ? [system('virtqemud-sock')] : [system('virtqemud-sock'), shared],
    },
    {
      uri: 'xen:///system',
      title: 'Xen on this computer',
      sockets: isXen ? [system('virtxend-sock'), shared] : [system('virtxend-sock')],
    },
    { uri: 'lxc:///system', title: 'LXC on this computer', sockets: [system('virtlxcd-sock')] },
  ]
  const session = places.sessionDirectory
  if (session !== undefined) {
    list.push({
      uri: 'qemu:///session',
      title: 'QEMU/KVM of this user',
      sockets: [join(session, 'virtqemud-sock'), join(session, 'libvirt-sock')],
    })
  }
  return list
}

async function judge(
  candidate: Candidate,
  places: LocalPlaces,
): Promise<Omit<LocalDaemon, 'isAdded'> | undefined> {
  const { uri, title } = candidate
  for (const socket of candidate.sockets) {
    if (!(await exists(socket))) continue
    try {
      await places.canOpen(socket)
      return { uri, title, access: { ok: true } }
    } catch (error) {
      return { uri, title, access: { ok: false, error: errorData(refused(socket, error)) } }
    }
  }
  return undefined
}

function refused(socket: string, cause: unknown): AppError {
  return new AppError('denied', 'Your account may not use the virtualization service', {
    cure: 'Add it to the group libvirt (sudo usermod -aG libvirt $USER), then sign out and in again',
    detail: cause instanceof Error ? cause.message : `${socket}: permission denied`,
    cause,
  })
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    // a directory we may not look into still tells that something is there
    return (error as NodeJS.ErrnoException).code === 'EACCES'
  }
}
