/** Limits of a running disk have a call of their own (virDomainSetBlockIoTune): updating the device leaves them out. */
import { shellWord } from '../../../shared/shell-word'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import { limitFieldIds } from '../../../shared/model/hardware/kinds/disk-limit-fields'
import type { EditElement } from '../edit/tree'

export interface LimitStep {
  readonly kind: 'disk-limits'
  readonly target: string
  /** By libvirt's names; 0 is no limit. */
  readonly limits: readonly { readonly name: string; readonly value: number }[]
}

const ids: readonly string[] = limitFieldIds

export function isLimit(kind: string, field: string): boolean {
  return kind === 'disk' && ids.includes(field)
}

export function limitSteps(
  disk: EditElement,
  change: Extract<HardwareChange, { kind: 'set' }>,
  live: readonly string[],
): LimitStep[] {
  const target = disk.name === 'disk' ? disk.find('target')?.attribute('dev') : undefined
  const changed = live.filter((id) => isLimit(change.item.kind, id))
  if (target === undefined || changed.length === 0) return []
  const limits = changed.map((id) => {
    const value = change.values[id]
    return { name: nameOf(id), value: typeof value === 'number' ? value : 0 }
  })
  return [{ kind: 'disk-limits', target, limits }]
}

export function limitCommand({ target, limits }: LimitStep, vm: string): string {
  const options = limits.map(({ name, value }) => `--${name.replaceAll('_', '-')} ${value}`)
  return `blkdeviotune ${vm} ${shellWord(target)} ${options.join(' ')} --live`
}

/** "totalBytesSecMax" is "total_bytes_sec_max". */
function nameOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
