/**
 * A definition in the making. Devices and pages are written as the hardware editor writes them, with the settings it
 * gives new devices, so that a new VM and a device added later never differ.
 */
import type { HardwareChange } from '../../../shared/model/hardware/change'
import type { Values } from '../../../shared/model/hardware/field'
import type { HardwareContext, Kind } from '../../../shared/model/hardware/kind'
import type { ItemRef } from '../../../shared/model/hardware/view'
import type { GuestCapabilities } from '../../../shared/model/host-details'
import { writeAt } from '../../domain-xml/edit/path'
import { EditDocument } from '../../domain-xml/edit/tree'
import { applyChanges } from '../../domain-xml/hardware/change'
import { findItems, itemWhenAsked } from '../../domain-xml/hardware/items'
import { guestFacts } from '../../domain-xml/hardware/view'

export class Draft {
  readonly #document = EditDocument.parse('<domain>\n</domain>\n')
  readonly #capabilities: GuestCapabilities
  #context: HardwareContext | undefined

  constructor(capabilities: GuestCapabilities) {
    this.#capabilities = capabilities
  }

  /**
   * What the editor's forms would know of the VM as it is so far; good until something is written. Only what is looked at
   * is read: who adds a disk asks for disks, and reading every page each time was most of the work.
   */
  get context(): HardwareContext {
    const { root } = this.#document
    this.#context ??= {
      ...guestFacts(root),
      isRunning: false,
      items: findItems(root).map(itemWhenAsked),
      capabilities: this.#capabilities,
    }
    return this.#context
  }

  /** At a place of `edit/path`, for what no page may change: the identity of the VM. */
  write(place: string, value: string | undefined): void {
    if (value === undefined) return
    this.#context = undefined
    writeAt(this.#document.root, place, value)
  }

  /** Undefined settings are left to the hypervisor. */
  page(kind: Kind, values: Values): void {
    this.#apply({ kind: 'set', item: { kind: kind.id, key: '' }, values: { ...values } })
  }

  /** With the settings the editor begins with; `values` count more, undefined ones take a setting back. */
  device(kind: Kind, values: Values = {}): void {
    this.plainDevice(kind, { ...kind.defaults?.(this.context), ...values })
  }

  /** With these settings only. */
  plainDevice(kind: Kind, values: Values): void {
    this.#apply({ kind: 'add', device: kind.id, key: 'new', values: { ...values } })
  }

  /** Devices in the order in which the firmware tries them. */
  bootOrder(order: readonly ItemRef[]): void {
    this.#apply({ kind: 'boot-order', order: [...order] })
  }

  toString(): string {
    return this.#document.toString()
  }

  #apply(change: HardwareChange): void {
    this.#context = undefined
    applyChanges(this.#document, [change])
  }
}
