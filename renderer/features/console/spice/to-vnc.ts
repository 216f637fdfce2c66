import type { HardwareChange } from '../../../../shared/model/hardware/change'
import type { HardwareItem, HardwareView } from '../../../../shared/model/hardware/view'

export interface ChangeToVnc {
  readonly changes: readonly HardwareChange[]
  /** What the VM has no more, in words. */
  readonly lost: readonly string[]
}

/** Kinds whose devices are carried by SPICE when they say so. */
const carried: Readonly<Record<string, string>> = {
  channel: 'The channel to the SPICE agent: shared clipboard and sizes',
  redirdev: 'USB devices of the viewer’s computer',
  smartcard: 'Smart cards of the viewer’s computer',
}

/** From SPICE to VNC, without what only SPICE carries: a VM that has it and no SPICE does not start. Undefined: no SPICE. */
export function changeToVnc({ items }: HardwareView): ChangeToVnc | undefined {
  const spice = items.find(({ ref, values }) => ref.kind === 'graphics' && values['type'] === 'spice')
  if (!spice) return undefined
  const hasVnc = items.some(({ ref, values }) => ref.kind === 'graphics' && values['type'] === 'vnc')
  const going = items.filter(isCarried)
  return {
    changes: [
      ...going.map(({ ref }): HardwareChange => ({ kind: 'remove', item: ref })),
      hasVnc
        ? { kind: 'remove', item: spice.ref }
        : { kind: 'set', item: spice.ref, values: { type: 'vnc' } },
    ],
    lost: ['Sound of the VM at the viewer', ...new Set(going.flatMap(({ ref }) => carried[ref.kind] ?? []))],
  }
}

function isCarried({ ref, values }: HardwareItem): boolean {
  return carried[ref.kind] !== undefined && values['type'] === 'spicevmc'
}
