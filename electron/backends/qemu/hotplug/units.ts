/**
 * What of a command a running QEMU can be given, and have taken away, by its monitor. Two plans compared say what a change
 * means: so that a guest that was changed while it ran is the one that the changed definition starts.
 */
import type { ArgvPlan, Helper } from '../argv/plan'
import { OptionList } from '../../../qemu-command/option-list'

export type UnitKind = 'object' | 'chardev' | 'netdev' | 'blockdev' | 'device'

export interface Unit {
  readonly kind: UnitKind
  /** By which it is taken away. */
  readonly id: string
  /** What stands after the option. */
  readonly word: string
}

export interface PlanDifference {
  /** In the order of the command: what is used comes before what uses it. */
  readonly added: readonly Unit[]
  readonly removed: readonly Unit[]
  readonly helpers: readonly Helper[]
  readonly notes: readonly string[]
  /** Words that QEMU takes at its start only. */
  readonly isMore: boolean
}

const kinds: Readonly<Record<string, UnitKind>> = {
  '-object': 'object',
  '-chardev': 'chardev',
  '-netdev': 'netdev',
  '-blockdev': 'blockdev',
  '-device': 'device',
}

export function difference(before: ArgvPlan, after: ArgvPlan): PlanDifference {
  const [was, is] = [split(before), split(after)]
  const hasOf = (units: readonly Unit[]): ((unit: Unit) => boolean) => {
    const keys = new Set(units.map(keyOf))
    return (unit) => keys.has(keyOf(unit))
  }
  const [wasThere, isThere] = [hasOf(was.units), hasOf(is.units)]
  return {
    added: is.units.filter((unit) => !wasThere(unit)),
    removed: was.units.filter((unit) => !isThere(unit)),
    helpers: after.helpers.filter(({ pidFile }) => !before.helpers.some((one) => one.pidFile === pidFile)),
    notes: after.notes.filter((note) => !before.notes.includes(note)),
    isMore: was.others.toSorted().join('\0') !== is.others.toSorted().join('\0'),
  }
}

/** Those of one thing of the definition, such as "disk sda". */
export function unitsOf(plan: ArgvPlan, of: string): readonly Unit[] {
  return split({ ...plan, parts: plan.parts.filter((part) => part.of === of) }).units
}

/** Names of all devices that the command makes by -device. */
export function devicesOf(plan: ArgvPlan): string[] {
  return split(plan).units.flatMap(({ kind, id }) => (kind === 'device' ? [id] : []))
}

function keyOf({ kind, id }: Unit): string {
  return `${kind} ${id}`
}

function split({ parts }: ArgvPlan): { readonly units: Unit[]; readonly others: string[] } {
  const units: Unit[] = []
  const others: string[] = []
  for (const { words } of parts)
    for (let at = 0; at < words.length; at++) {
      const kind = kinds[words[at] ?? '']
      const word = words[at + 1]
      if (kind === undefined || word === undefined) {
        others.push(words[at] ?? '')
        continue
      }
      units.push({ kind, id: idOf(word), word })
      at += 1
    }
  return { units, others }
}

/** What has no name of its own is known by all that is said of it. */
function idOf(word: string): string {
  if (!word.startsWith('{')) return OptionList.parse(word).get('id') ?? word
  const { id, 'node-name': node } = JSON.parse(word) as { id?: string; 'node-name'?: string }
  return id ?? node ?? word
}
