import { z } from 'zod'
import type { ErrorData } from '../errors'
import { hostId, type HostId } from './ids'

/**
 * The steps of connecting, in order, as the user reads them. A backend reports each when it begins;
 * not every host has every step.
 */
export const connectStages = ['reaching', 'authenticating', 'opening', 'listing'] as const
export type ConnectStage = (typeof connectStages)[number]

export const connectStageText: Record<ConnectStage, string> = {
  reaching: 'Reaching the host',
  authenticating: 'Signing in',
  opening: 'Opening the hypervisor',
  listing: 'Reading virtual machines',
}

/** What a host says about itself once connected. */
export interface HostInfo {
  readonly hostname: string
  /** Hypervisor as the driver names itself: QEMU, Xen, LXC, TEST. */
  readonly hypervisor: string
  /** Dotted version, absent where the driver has none. */
  readonly hypervisorVersion?: string
  /** What the daemon is and its dotted version, for instance libvirt 9.0.0. */
  readonly daemon?: { readonly name: string; readonly version: string }
  /** The URI the daemon itself uses. */
  readonly connectedUri: string
  readonly architecture: string
  readonly cpuModel: string
  readonly cpuCount: number
  readonly memoryBytes: number
  readonly isReadOnly: boolean
}

export function runsXen({ hypervisor }: Pick<HostInfo, 'hypervisor'>): boolean {
  return hypervisor.toLowerCase() === 'xen'
}

/** Whether KVM can be what runs its VMs: libvirt's driver for it is QEMU's. */
export function mayRunKvm({ hypervisor }: Pick<HostInfo, 'hypervisor'>): boolean {
  return ['qemu', 'kvm', 'demo'].includes(hypervisor.toLowerCase())
}

/**
 * How ssh is spoken: by Innkeeper itself (prompts in the window, one connection for everything), or by the computer's
 * own `ssh` program, which brings Kerberos, security keys and every ssh_config option.
 */
export const sshEngines = ['builtin', 'system'] as const
export type SshEngine = (typeof sshEngines)[number]

/** What this host can do; menus ask it before offering. */
export interface HostFeatures {
  readonly canSave: boolean
  readonly canPause: boolean
  /** Can start a VM without letting its guest run. */
  readonly canStartPaused: boolean
  readonly canReset: boolean
  /** Can ask a program inside the guest to shut it down or to put it to sleep. */
  readonly canAskAgent: boolean
  readonly canRename: boolean
  readonly canAutostart: boolean
  readonly canDelete: boolean
  readonly hasGraphicalConsole: boolean
  /** Tells the command that runs a VM. Absent: it does not. */
  readonly tellsCommand?: true
  /** How the inventory is kept true. Drivers without events are polled. */
  readonly updates: 'events' | 'polling'
}

/** One immutable value, replaced whole whenever something is learned. */
export type HostStatus =
  | { readonly kind: 'disconnected'; readonly sinceMs: number }
  | {
      readonly kind: 'connecting'
      readonly sinceMs: number
      readonly stage: ConnectStage
      /** 1 for the first try of this connection. */
      readonly attempt: number
      /** Why the previous try or connection ended, while reconnecting. */
      readonly error?: ErrorData
    }
  | {
      readonly kind: 'connected'
      readonly sinceMs: number
      readonly info: HostInfo
      readonly features: HostFeatures
    }
  | {
      readonly kind: 'failed'
      readonly sinceMs: number
      readonly error: ErrorData
      /** When the next automatic try begins; absent when only the user can help (wrong password, refused key). */
      readonly retryAtMs?: number
    }

export interface Host {
  readonly id: HostId
  readonly uri: string
  /** What the user calls it; falls back to a name made from the URI. */
  readonly label: string
  readonly autoconnect: boolean
  /** Folder in the host tree; absent at the top. Hosts stand in the user's order. */
  readonly group?: string
  readonly keyFile?: string
  readonly sshEngine: SshEngine
  /** The user wants to look only: the daemon's read-only socket or mode is used. */
  readonly readOnly: boolean
  /** Where new disks go, and what new network cards are plugged into, as the user chose. */
  readonly usualPool?: string
  readonly usualNetwork?: string
  /** Some secret of this host is in the system's keychain. */
  readonly hasKeptSecrets: boolean
  readonly isDemo: boolean
  readonly status: HostStatus
  /** Facts from the last time it was connected; kept while it is not. */
  readonly lastInfo?: HostInfo
  /** When what is shown of it was last heard from the host itself; while it is connected that is now. */
  readonly lastHeardMs?: number
}

const groupName = z.string().trim().max(64)

export const addHostInput = z.object({
  uri: z.string().min(1).max(2048),
  label: z.string().trim().max(128).optional(),
  autoconnect: z.boolean(),
  /** Path of a private key on this computer; without it the agent and the usual files are tried. */
  keyFile: z.string().max(4096).optional(),
  group: groupName.optional(),
  sshEngine: z.enum(sshEngines).optional(),
  readOnly: z.boolean().optional(),
})
export type AddHostInput = z.infer<typeof addHostInput>

/** Absent = unchanged; an empty text takes a value away. A changed way to the host connects anew. */
export const updateHostInput = z.object({
  host: hostId,
  uri: z.string().min(1).max(2048).optional(),
  label: z.string().trim().max(128).optional(),
  autoconnect: z.boolean().optional(),
  keyFile: z.string().max(4096).optional(),
  group: groupName.optional(),
  sshEngine: z.enum(sshEngines).optional(),
  readOnly: z.boolean().optional(),
  usualPool: z.string().max(256).optional(),
  usualNetwork: z.string().max(256).optional(),
})
export type UpdateHostInput = z.infer<typeof updateHostInput>

/** Puts a host into a group (empty: none), before another host of the list or at its end. */
export const moveHostInput = z.object({ host: hostId, group: groupName, before: hostId.optional() })
export type MoveHostInput = z.infer<typeof moveHostInput>

/** An empty new name dissolves the group; its hosts stay. */
export const renameGroupInput = z.object({ group: groupName.min(1), name: groupName })

/** A hypervisor daemon found on this computer. */
export interface LocalDaemon {
  readonly uri: string
  readonly title: string
  /** Whether the socket may be opened by this user, and if not, why and what to do. */
  readonly access: { readonly ok: true } | { readonly ok: false; readonly error: ErrorData }
  /** Already in the host list. */
  readonly isAdded: boolean
}
