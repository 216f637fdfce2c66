import type { GuestCapabilities } from '../host-details'
import type { Field, Values } from './field'
import type { GuestFacts, HardwareItem, ItemRef } from './view'

/** A kind of hardware or a page of settings: what it has and what can be done with it. */
export interface Kind {
  readonly id: string
  /** "Network card". */
  readonly label: string
  /** `page`: every VM has it once and it cannot be removed; `device`: any number (or one) that come and go. */
  readonly role: 'page' | 'device'
  /** At most this many. */
  readonly max?: number
  readonly fields: { readonly [field: string]: Field }
  readonly groups: readonly Group[]
  /** How one is called in lists: "VirtIO disk vda". */
  title(values: Values): string
  /** More about it in few words: its source, its network. */
  summary?(values: Values): string | undefined
  /** Settings of a new one; absent: cannot be added here. */
  defaults?(context: HardwareContext): Values
  /** Whether VMs of this kind can have it at all, otherwise the reason. */
  whyNotOffered?(context: HardwareContext): string | undefined
  /** Whether it comes and goes under a running guest; otherwise the reason. */
  hotplug?(values: Values, context: HardwareContext): true | string
  /** What is lost when it is removed, one sentence each. */
  whatGoes?(values: Values): readonly string[]
  /** Whether the hypervisor made what runs (`now`) out of what is stored: a named CPU model out of "like the host". */
  isMadeFrom?(field: string, now: Values, next: Values): boolean
  /** Rules between its fields and with the rest of the VM. */
  check?(values: Values, context: CheckContext): readonly Problem[]
}

export interface Group {
  /** Empty for the first group, which needs none. */
  readonly title: string
  readonly fields: readonly string[]
  /** Drawn by a component of its own under this name instead of as plain fields. */
  readonly panel?: string
}

/** What is known when a form is open. */
export interface HardwareContext extends GuestFacts {
  readonly isRunning: boolean
  /** With the changes made so far. */
  readonly items: readonly HardwareItem[]
  readonly hostCpus?: number
  readonly hostMemoryBytes?: number
  /** What the user wants new network cards of this host plugged into. */
  readonly usualNetwork?: string
  /** QEMU's own user network forwards ports: libvirt does not tell it to. */
  readonly forwardsItself?: boolean
  /** MAC addresses of other VMs, as far as they are known. */
  readonly otherMacs?: readonly string[]
  /** What the host's hypervisor can give such a guest; absent while unknown or not told. */
  readonly capabilities?: GuestCapabilities
}

export interface CheckContext extends HardwareContext {
  readonly self?: ItemRef
}

export interface Problem {
  /** Errors keep the change from being applied. */
  readonly severity: 'error' | 'warning' | 'hint'
  readonly message: string
  readonly item?: ItemRef
  readonly field?: string
  /** Changes that would mend it, offered as one button. */
  readonly fix?: { readonly label: string; readonly changes: readonly Fix[] }
}

/** `item` as in the view; or a device to add. */
export type Fix =
  | {
      readonly kind: 'set'
      readonly item: ItemRef
      readonly values: Values
      readonly unset?: readonly string[]
    }
  | { readonly kind: 'add'; readonly device: string; readonly values: Values }

/** Keeps the ids of the fields as a type, so that backends cannot forget one and groups name only what there is. */
export function defineKind<FieldId extends string>(
  kind: Omit<Kind, 'fields' | 'groups'> & {
    readonly fields: { readonly [Id in FieldId]: Field }
    readonly groups: readonly (Omit<Group, 'fields'> & { readonly fields: readonly NoInfer<FieldId>[] })[]
  },
): Kind & { readonly fields: { readonly [Id in FieldId]: Field } } {
  return kind
}

export function valuesOf(context: HardwareContext, kind: string): Values {
  return context.items.find((item) => item.ref.kind === kind)?.values ?? {}
}

export function itemsOf(context: HardwareContext, kind: string): readonly HardwareItem[] {
  return context.items.filter((item) => item.ref.kind === kind)
}

export const isWindows = (context: HardwareContext): boolean => /microsoft|\/win/i.test(context.osId ?? '')
export const isX86 = (context: HardwareContext): boolean => /^(x86_64|i.86)$/.test(context.architecture)
export const isQ35 = (context: HardwareContext): boolean => /q35/.test(context.machine)
export const isQemu = (context: HardwareContext): boolean => /^(kvm|qemu|hvf)$/.test(context.virtType)
export const isXen = (context: HardwareContext): boolean => context.virtType === 'xen'
export const isContainer = (context: HardwareContext): boolean =>
  context.virtType === 'lxc' || context.osType === 'exe'

/** Whether the host offers a value of a device ("disk", "bus", "virtio"); undefined when it does not say. */
export function offers(
  capabilities: GuestCapabilities | undefined,
  group: string,
  name: string,
  value: string,
): boolean | undefined {
  const found = [...(capabilities?.devices ?? []), ...(capabilities?.features ?? [])].find(
    (one) => one.name === group,
  )
  if (!found) return undefined
  if (!found.isSupported) return false
  const values = found.values.find((one) => one.name === name)
  return values?.values.includes(value)
}
