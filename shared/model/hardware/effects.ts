/** When a change takes effect: the one rule the form, the preview and the backends go by. */
import type { HardwareChange } from './change'
import type { Values } from './field'
import type { HardwareContext, Kind } from './kind'
import { kindOf } from './kinds'
import type { ChangeEffect, ItemRef } from './view'

export const atPowerOn: ChangeEffect = {
  when: 'next-start',
  why: 'The guest sees this when it is switched on',
}
const now: ChangeEffect = { when: 'now' }

/** `before` are the values of the item as they were; `when` is what the user wants. */
export function effectOf(
  change: HardwareChange,
  context: HardwareContext,
  wanted: 'now' | 'next-start' = 'now',
): ChangeEffect {
  if (!context.isRunning) return { when: 'next-start' }
  if (wanted === 'next-start') return { when: 'next-start', why: 'You chose the next start' }
  switch (change.kind) {
    case 'add':
      return hotplug(kindOf(change.device), change.values, context)
    case 'remove': {
      const item = itemOf(context, change.item)
      // what was never plugged in waits for the next start already
      if (item && item.live === undefined) return now
      return hotplug(kindOf(change.item.kind), item?.live ?? item?.values ?? {}, context)
    }
    case 'set':
      return setEffect(change, context)
    case 'as-running':
      return now
    case 'boot-order':
      return { when: 'next-start', why: 'The firmware reads the boot order when the guest is switched on' }
    case 'add-xml':
    case 'definition':
      return { when: 'next-start', why: 'Definitions are stored, and used when the guest is switched on' }
  }
}

function setEffect(change: Extract<HardwareChange, { kind: 'set' }>, context: HardwareContext): ChangeEffect {
  const kind = kindOf(change.item.kind)
  const item = itemOf(context, change.item)
  if (!kind) return atPowerOn
  if (kind.role === 'device' && item && item.live === undefined) {
    return { when: 'next-start', why: 'The device itself comes at the next start' }
  }
  const fields = changedFields(change)
  const waiting = fields.filter((id) => !isLiveField(kind, id, item?.live ?? item?.values))
  if (waiting.length === 0) return now
  const why = kind.fields[waiting[0] ?? '']?.whyNotLive ?? atPowerOn.why
  return {
    when: waiting.length === fields.length ? 'next-start' : 'partly',
    ...(why === undefined ? {} : { why }),
  }
}

export function changedFields(change: Extract<HardwareChange, { kind: 'set' }>): string[] {
  return [
    ...Object.keys(change.values).filter((id) => change.values[id] !== undefined),
    ...(change.unset ?? []),
  ]
}

/** `values` as the running guest has them: some settings can change only beside others. */
export function isLiveField(kind: Kind, id: string, values: Values = {}): boolean {
  const field = kind.fields[id]
  return field?.isLive === true && (field.liveWhen?.(values) ?? true)
}

function hotplug(kind: Kind | undefined, values: Values, context: HardwareContext): ChangeEffect {
  const answer = kind?.hotplug?.(values, context)
  if (answer === true) return now
  return { when: 'next-start', why: answer ?? 'This cannot be plugged in or out while the guest runs' }
}

function itemOf(context: HardwareContext, ref: ItemRef) {
  return context.items.find((item) => item.ref.kind === ref.kind && item.ref.key === ref.key)
}
