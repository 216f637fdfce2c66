import { create } from 'zustand'
import type { ErrorData } from '../../../shared/errors'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import type { ChangeResult, HardwareView, ItemRef } from '../../../shared/model/hardware/view'

/** What the window keeps about the hardware of one VM. Survives leaving the tab and looking at another VM. */
export interface VmHardware {
  readonly view?: HardwareView
  /** Why it could not be read. */
  readonly error?: ErrorData
  /** `base` of the view the changes were made on. */
  readonly base?: string
  readonly changes: readonly HardwareChange[]
  readonly when: 'now' | 'next-start'
  readonly isApplying: boolean
  /** Why applying was refused, and at which item if that is known. */
  readonly failure?: { readonly error: ErrorData; readonly item?: ItemRef }
  /** Said for a moment after applying. */
  readonly done?: string
  /** What was applied last and did not take effect at once. */
  readonly outcome?: readonly AppliedLine[]
  /** The page that is shown: an item, or "xml". */
  readonly page?: string
  /** Typed on the XML page and not applied. */
  readonly xml?: { readonly text: string; readonly base: string }
}

export interface AppliedLine extends ChangeResult {
  readonly title: string
  /** The change again, past the guest's refusal; present where that is possible. */
  readonly forced?: HardwareChange
}

const nothing: VmHardware = { changes: [], when: 'now', isApplying: false }

export const useHardwareStore = create<{ readonly byVm: Readonly<Record<string, VmHardware>> }>(() => ({
  byVm: {},
}))

export function hardwareOf(key: string): VmHardware {
  return useHardwareStore.getState().byVm[key] ?? nothing
}

export function useVmHardware(key: string): VmHardware {
  return useHardwareStore((state) => state.byVm[key] ?? nothing)
}

/** Undefined takes a part away. */
export function putHardware(
  key: string,
  change: { readonly [K in keyof VmHardware]?: VmHardware[K] | undefined },
): void {
  useHardwareStore.setState(({ byVm }) => {
    const merged = { ...(byVm[key] ?? nothing), ...change }
    const next = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined))
    return { byVm: { ...byVm, [key]: next as unknown as VmHardware } }
  })
}

export function putChanges(key: string, changes: readonly HardwareChange[]): void {
  const { view, base, changes: before } = hardwareOf(key)
  putHardware(key, {
    changes,
    base: changes.length === 0 ? undefined : before.length === 0 ? view?.base : base,
    failure: undefined,
    outcome: undefined,
    done: undefined,
  })
}

export function hasUnapplied({ changes, xml }: VmHardware): boolean {
  return changes.length > 0 || xml !== undefined
}

export function pageOf({ kind, key }: ItemRef): string {
  return `${kind}\n${key}`
}
