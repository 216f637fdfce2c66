/**
 * Where cards sit on the PCI buses. A place that the definition names is kept; others get a free one in the order of the
 * definition, so that the same definition always comes to the same machine. Cards of PCI Express get a port each, as only
 * there they can be plugged into a running guest.
 */
import { refuse } from './build'
import type { MachineFacts } from './machine-facts'
import { number, type Options } from './options'
import type { Reading } from './reading'

interface Place {
  readonly bus: number
  readonly slot: number
  readonly fn: number
}

export interface Port {
  readonly index: number
  readonly model: string
  readonly place: Options
  /** Of the host's numbering, which guests see. */
  readonly chassis: number
  readonly port: number
}

/** Ports without a card that a machine is given when all of its ports are taken, for cards to come. */
const sparePorts = 3
/** Slots of each first bus that the chipset has for itself. */
const ownSlots: Readonly<Record<string, readonly number[]>> = { q35: [0, 31], pc: [0, 1], virt: [0] }
/** The screen's, where guests and their firmware look first. */
const screenSlot: Readonly<Record<string, number>> = { q35: 1, pc: 2 }

export class Places {
  readonly #taken = new Map<string, string>()
  readonly #ports: number[] = []
  readonly #madePorts: Port[] = []
  /** What devices without a place of their own were given. */
  readonly given = new Map<Reading, Options>()
  /** Of the PCI controllers that the definition names. */
  readonly indexes = new Map<Reading, number>()
  #nextIndex = 1
  #portSlot: { slot: number; fn: number } | undefined

  constructor(
    private readonly machine: MachineFacts,
    devices: readonly Reading[],
    /** While it runs no port can be added to a machine, and its first bus takes nothing. */
    private readonly isRunning = false,
  ) {
    for (const slot of ownSlots[machine.chipset] ?? [])
      this.#taken.set(key({ bus: 0, slot, fn: 0 }), 'chipset')
    const screen = screenSlot[machine.chipset]
    if (screen !== undefined) this.#taken.set(key({ bus: 0, slot: screen, fn: 0 }), 'screen')
    for (const device of devices) {
      const place = placeOf(device.child('address'))
      if (place) this.#taken.set(key(place), 'definition')
    }
  }

  /** An index that controllers without one get; those with one are told first. */
  indexOf(controller: Reading): number {
    const index = number(controller.attr('index')) ?? this.#nextIndex
    this.#nextIndex = Math.max(this.#nextIndex, index + 1)
    this.indexes.set(controller, index)
    return index
  }

  /** A root port of the definition: a card may sit behind it. */
  addPort(index: number): void {
    this.#ports.push(index)
  }

  /** The place of a card that speaks PCI Express. */
  express(device: Reading | undefined): Options {
    const named = this.#named(device)
    if (named) return named
    if (!this.machine.hasPorts) return this.conventional(device)
    const index = this.#freePorts()[0] ?? this.#makePort()
    this.#taken.set(key({ bus: index, slot: 0, fn: 0 }), 'card')
    return this.#give(device, { bus: `pci.${index}`, addr: '0x0' })
  }

  /** The place of a card that sits on the first bus: conventional PCI, and parts of the chipset. */
  conventional(
    device: Reading | undefined,
    wish?: { slot: number; fn?: number; isShared?: boolean },
  ): Options {
    const named = this.#named(device)
    if (named) return named
    const { rootBus } = this.machine
    if (rootBus === undefined) return {}
    if (this.isRunning && this.machine.hasPorts) return this.express(device)
    if (wish && !this.#taken.has(key({ bus: 0, slot: wish.slot, fn: wish.fn ?? 0 }))) {
      const fn = wish.fn ?? 0
      this.#taken.set(key({ bus: 0, slot: wish.slot, fn }), 'card')
      // function 0 says whether there are others in its slot
      return this.#give(device, {
        bus: rootBus,
        ...(wish.isShared === true && fn === 0 ? { multifunction: true } : {}),
        addr: address(wish.slot, fn),
      })
    }
    const slot = this.#freeSlot()
    this.#taken.set(key({ bus: 0, slot, fn: 0 }), 'card')
    return this.#give(device, { bus: rootBus, addr: address(slot, 0) })
  }

  /** The place of the first screen. */
  screen(device: Reading): Options {
    const named = this.#named(device)
    if (named) return named
    const slot = screenSlot[this.machine.chipset]
    if (slot === undefined || this.#taken.get(key({ bus: 0, slot, fn: 0 })) !== 'screen')
      return this.conventional(device)
    this.#taken.set(key({ bus: 0, slot, fn: 0 }), 'card')
    return this.#give(device, { bus: this.machine.rootBus, addr: address(slot, 0) })
  }

  /** The place of a root port, eight to a slot. */
  portPlace(controller: Reading | undefined): { readonly options: Options; readonly port: number } {
    const place = placeOf(controller?.child('address'))
    const named = this.#named(controller)
    if (named && place) return { options: named, port: (place.slot << 3) | place.fn }
    if (!this.#portSlot || this.#portSlot.fn === 8) {
      this.#portSlot = { slot: this.#freeSlot(), fn: 0 }
      this.#taken.set(key({ bus: 0, ...this.#portSlot }), 'ports')
    }
    const { slot, fn } = this.#portSlot
    this.#portSlot.fn += 1
    const given = this.#give(controller, {
      bus: this.machine.rootBus,
      ...(fn === 0 ? { multifunction: true } : {}),
      addr: address(slot, fn),
    })
    return { options: given, port: (slot << 3) | fn }
  }

  /** Ports that the cards came to need, and those that are kept free where none is left. */
  madePorts(): readonly Port[] {
    if (this.machine.hasPorts && !this.isRunning && this.#freePorts().length === 0)
      for (let spare = 0; spare < sparePorts; spare++) this.#makePort()
    return this.#madePorts
  }

  #freePorts(): number[] {
    return this.#ports.filter((bus) => !this.#taken.has(key({ bus, slot: 0, fn: 0 })))
  }

  #give(device: Reading | undefined, place: Options): Options {
    if (device) this.given.set(device, place)
    return place
  }

  #makePort(): number {
    if (this.isRunning)
      refuse(
        'No PCI Express port of the running VM is free',
        'Shut it down: it gets more ports with its next start.',
      )
    const index = this.#nextIndex
    this.#nextIndex += 1
    const { options, port } = this.portPlace(undefined)
    this.#ports.push(index)
    this.#madePorts.push({ index, model: 'pcie-root-port', place: options, chassis: index, port })
    return index
  }

  #named(device: Reading | undefined): Options | undefined {
    const element = device?.child('address')
    const place = placeOf(element)
    if (!place || !element) return undefined
    const multifunction = element.attr('multifunction')
    return {
      bus: place.bus === 0 ? this.machine.rootBus : `pci.${place.bus}`,
      ...(multifunction === undefined ? {} : { multifunction: multifunction === 'on' }),
      addr: address(place.slot, place.fn),
    }
  }

  #freeSlot(): number {
    for (let slot = 2; slot < 32; slot++) {
      const isFree = ![0, 1, 2, 3, 4, 5, 6, 7].some((fn) => this.#taken.has(key({ bus: 0, slot, fn })))
      if (isFree) return slot
    }
    return 31
  }
}

function key({ bus, slot, fn }: Place): string {
  return `${bus}:${slot}.${fn}`
}

function address(slot: number, fn: number): string {
  return `0x${slot.toString(16)}${fn === 0 ? '' : `.0x${fn.toString(16)}`}`
}

function placeOf(element: Reading | undefined): Place | undefined {
  if (element?.attr('type') !== 'pci') return undefined
  element.attr('domain')
  const slot = number(element.attr('slot'))
  if (slot === undefined) return undefined
  return { bus: number(element.attr('bus')) ?? 0, slot, fn: number(element.attr('function')) ?? 0 }
}
