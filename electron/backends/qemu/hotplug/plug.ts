/** Gives a running QEMU one thing more, or takes one away. */
import { QmpError, type JsonObject } from '../../../qmp/index'
import type { Guest } from '../guest'
import { charArguments, deviceArguments, netArguments, objectArguments } from './arguments'
import { argumentsOf } from './schema'
import type { Unit } from './units'

export async function plug(guest: Guest, { kind, word }: Unit): Promise<void> {
  switch (kind) {
    case 'object':
      return void (await guest.execute(
        'object-add',
        await asTaken(guest, await objectArguments(guest, word)),
      ))
    case 'chardev':
      return void (await guest.execute('chardev-add', charArguments(word)))
    case 'netdev':
      return void (await guest.execute('netdev_add', netArguments(word)))
    case 'blockdev':
      return void (await guest.execute('blockdev-add', JSON.parse(word) as Record<string, never>))
    case 'device':
      return void (await guest.execute('device_add', await deviceArguments(guest, word)))
  }
}

/** Before QEMU 6.0 what an object is like stood in a part of its own (qapi/qom.json). */
async function asTaken(guest: Guest, { 'qom-type': type, id, ...props }: JsonObject): Promise<JsonObject> {
  const isNested = (await argumentsOf(guest, 'object-add')).has('props')
  return isNested ? { 'qom-type': type, id, props } : { 'qom-type': type, id, ...props }
}

/** Of a device it is only a wish, which the guest grants (detach.ts). */
export async function unplug(guest: Guest, { kind, id }: Unit): Promise<void> {
  switch (kind) {
    case 'object':
      return void (await guest.execute('object-del', { id }))
    case 'chardev':
      return void (await guest.execute('chardev-remove', { id }))
    case 'netdev':
      return void (await guest.execute('netdev_del', { id }))
    case 'blockdev':
      return void (await guest.execute('blockdev-del', { 'node-name': id }))
    case 'device':
      return void (await guest.execute('device_del', { id }))
  }
}

/** All or none. What cannot be taken back is in nobody's way, and is told to the log. */
export async function plugAll(
  guest: Guest,
  units: readonly Unit[],
  log: (text: string) => void,
): Promise<void> {
  const done: Unit[] = []
  try {
    for (const unit of units) {
      await plug(guest, unit)
      done.push(unit)
    }
  } catch (error) {
    await unplugAll(guest, done, log)
    throw error
  }
}

/** In the other order, as what is used cannot go before what uses it. */
export async function unplugAll(
  guest: Guest,
  units: readonly Unit[],
  log: (text: string) => void,
): Promise<void> {
  for (const unit of units.toReversed()) {
    try {
      await unplug(guest, unit)
    } catch (error) {
      if (!(error instanceof QmpError)) throw error
      log(`The ${unit.kind} ${unit.id} stays: ${error.message}`)
    }
  }
}
