import { z } from 'zod'
import type { HostFeatures } from './host'
import { vmRef, type HostId, type VmId } from './ids'

/** States as the user knows them; libvirt's "blocked" is shown as running (it is an idle running guest). */
export const vmStates = [
  'running',
  'paused',
  'shutting-down',
  'shut-off',
  'crashed',
  'suspended',
  'unknown',
] as const
export type VmState = (typeof vmStates)[number]

/** A VM as a backend reports it. Sizes in bytes. */
export interface VmRecord {
  readonly id: VmId
  readonly name: string
  readonly title?: string
  /** The number that its host gives to this run of it; another one at each start, and none while it is off. */
  readonly runId?: number
  readonly state: VmState
  /** Why it is in this state, in plain words ("by the user", "I/O error"), when that says more than the state. */
  readonly stateReason?: string
  /** Kept to make other VMs of it: not to be started, changed or deleted as long as it is one. Absent: it is none. */
  readonly isTemplate?: boolean
  /** False for transient VMs: they vanish when they stop. */
  readonly isPersistent: boolean
  /** It runs, and another program started it: what can be done is what its monitor takes. Absent: it is the host's own. */
  readonly isForeign?: true
  /** A saved memory image exists: the next start resumes it. */
  readonly hasSavedState: boolean
  readonly autostart: boolean
  readonly vcpuCount: number
  /** Memory the guest has now (balloon). */
  readonly memoryBytes: number
  readonly maxMemoryBytes: number
}

export interface Vm extends VmRecord {
  readonly host: HostId
}

export const powerActions = [
  'start',
  'startPaused',
  'shutdown',
  'reboot',
  'shutdownByAgent',
  'rebootByAgent',
  'sleep',
  'hibernate',
  'hybridSleep',
  'wakeUp',
  'reset',
  'forceOff',
  'pause',
  'resume',
  'save',
  'restore',
  'startAfresh',
  'discardSaved',
] as const
export type PowerAction = (typeof powerActions)[number]

type Rule = {
  states: readonly VmState[]
  /** Present when the action needs, or forbids, a saved memory image. */
  savedState?: boolean
  needs?: keyof HostFeatures
  /** Only for VMs with a stored definition. */
  persistentOnly?: boolean
  /** Would write to the disks of a template. */
  notOfTemplates?: boolean
}

const alive = ['running', 'paused', 'shutting-down', 'crashed', 'suspended'] as const

/**
 * What may be done in which state: the one table toolbar, menus, the fake hypervisor and tests read.
 * Authority: libvirt's domain state rules (https://libvirt.org/html/libvirt-libvirt-domain.html), where a wrong
 * state answers VIR_ERR_OPERATION_INVALID.
 */
export const powerRules: Record<PowerAction, Rule> = {
  // virDomainCreate: inactive domains; with a managed save image the same call restores, so it is offered as such
  start: { states: ['shut-off', 'crashed'], savedState: false, persistentOnly: true, notOfTemplates: true },
  // VIR_DOMAIN_START_PAUSED: machine and memory are there, and no guest code has run; "resume" lets it
  startPaused: {
    states: ['shut-off', 'crashed'],
    savedState: false,
    needs: 'canStartPaused',
    persistentOnly: true,
    notOfTemplates: true,
  },
  restore: { states: ['shut-off'], savedState: true, persistentOnly: true, notOfTemplates: true },
  // virDomainCreateWithFlags with VIR_DOMAIN_START_FORCE_BOOT: the saved memory goes, and the guest boots
  startAfresh: { states: ['shut-off'], savedState: true, persistentOnly: true, notOfTemplates: true },
  discardSaved: { states: ['shut-off'], savedState: true, persistentOnly: true },
  // virDomainShutdown and virDomainReboot ask the guest; a paused guest would not hear it
  shutdown: { states: ['running', 'shutting-down'] },
  reboot: { states: ['running'] },
  // what else the agent needs: guest-agent.ts
  shutdownByAgent: { states: ['running', 'shutting-down'], needs: 'canAskAgent' },
  rebootByAgent: { states: ['running'], needs: 'canAskAgent' },
  sleep: { states: ['running'], needs: 'canAskAgent' },
  hibernate: { states: ['running'], needs: 'canAskAgent' },
  hybridSleep: { states: ['running'], needs: 'canAskAgent' },
  wakeUp: { states: ['suspended'] },
  reset: { states: ['running', 'paused', 'crashed'], needs: 'canReset' },
  forceOff: { states: alive },
  pause: { states: ['running'], needs: 'canPause' },
  // virDomainResume refuses a guest that sleeps ("domain is pmsuspended"): that one is woken
  resume: { states: ['paused'], needs: 'canPause' },
  // virDomainManagedSave: transient domains would be lost with their image
  save: { states: ['running', 'paused'], needs: 'canSave', persistentOnly: true },
}

type Judged = Pick<VmRecord, 'state' | 'hasSavedState' | 'isPersistent' | 'isTemplate' | 'isForeign'>

export const foreignReason = 'Not possible for a VM that another program has started'

const ofForeign: readonly PowerAction[] = [
  'shutdown',
  'reboot',
  'reset',
  'forceOff',
  'pause',
  'resume',
  'wakeUp',
]

/** Of hosts that cannot autostart VMs. */
export const noAutostartReason = 'Nothing on this host starts VMs when it starts'

export const templateReason = 'This VM is a template: take that mark away first'

/** Undefined when a VM can be marked as a template now. */
export function whyNoTemplate(vm: Judged): string | undefined {
  if (vm.isForeign === true) return foreignReason
  if (!vm.isPersistent) return 'Not possible for a transient VM'
  if (isActive(vm.state)) return 'Only possible while the VM is shut off'
  if (vm.hasSavedState) return 'A saved state exists: restore or discard it first'
  return undefined
}

/** Undefined when the action may be done now, otherwise the reason why not, as a sentence for a tooltip. */
export function whyNot(action: PowerAction, vm: Judged, features?: HostFeatures): string | undefined {
  const rule = powerRules[action]
  if (rule.needs && features && !features[rule.needs]) return 'This hypervisor cannot do this'
  if (rule.notOfTemplates && vm.isTemplate === true) return templateReason
  if (vm.isForeign === true && !ofForeign.includes(action)) return foreignReason
  if (rule.persistentOnly && !vm.isPersistent) return 'Not possible for a transient VM'
  if (!rule.states.includes(vm.state)) {
    return `Only possible when the VM is ${listWords(rule.states.map((state) => vmStateText[state].toLowerCase()))}`
  }
  if (rule.savedState === true && !vm.hasSavedState) return 'There is no saved state'
  if (rule.savedState === false && vm.hasSavedState)
    return 'A saved state exists: restore or discard it first'
  return undefined
}

export function canPower(action: PowerAction, vm: Judged, features?: HostFeatures): boolean {
  return whyNot(action, vm, features) === undefined
}

export const vmStateText: Record<VmState, string> = {
  running: 'Running',
  paused: 'Paused',
  'shutting-down': 'Shutting down',
  'shut-off': 'Shut off',
  crashed: 'Crashed',
  suspended: 'Asleep',
  unknown: 'Unknown',
}

export function isActive(state: VmState): boolean {
  return (alive as readonly VmState[]).includes(state)
}

function listWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

export const powerInput = vmRef.extend({ action: z.enum(powerActions) })

/**
 * Names libvirt accepts are wider (it refuses only "/" , newlines and empty names); new names are held to what every
 * tool copes with. Existing odd names are shown as they are.
 */
export const vmName = z
  .string()
  .trim()
  .min(1, 'Enter a name')
  .max(255, 'Use at most 255 characters')
  .regex(/^[A-Za-z0-9_.:+-]+$/, 'Use letters, digits and _ - . : + only')

export const renameInput = vmRef.extend({ name: vmName })
export const templateInput = vmRef.extend({ isTemplate: z.boolean() })
export const autostartInput = vmRef.extend({ autostart: z.boolean() })
