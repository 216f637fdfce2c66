/**
 * A definition with everything in it that the planner would make up: controllers, ports, the place of each card, addresses
 * of network cards. libvirt does the same when it stores one: a guest finds its cards by their places, so those must not
 * shift when another device comes or goes.
 */
import { parseXml } from '../../domain-xml/document'
import { EditDocument, parseElement, type EditElement } from '../../domain-xml/edit/tree'
import { unitBytes } from '../../domain-xml/sizes'
import { bytesOf, writeKiB } from './amounts'
import { missingControllers, type MissingController } from './argv/controllers'
import { machineFacts } from './argv/machine-facts'
import { derivedMac } from './argv/nics'
import type { Options } from './argv/options'
import { planned } from './argv/plan-argv'
import type { ArgvSurroundings } from './argv/plan'
import type { Port } from './argv/places'
import { Reading } from './argv/reading'

/** Ends with an AppError for what no command can do. What is complete comes back as it is. */
export function completed(xml: string, host: ArgvSurroundings): string {
  const document = EditDocument.parse(xml)
  const devices = document.root.find('devices')
  if (!devices) return xml
  addControllers(document, devices)
  addMacs(document, devices)
  countMemory(document, devices)
  dropSaidTwice(document)
  const { build } = planned(document.toString(), host)
  const elements = devices.children()
  for (const [at, reading] of build.devices.entries()) {
    const element = elements[at]
    if (!element) continue
    const index = build.places.indexes.get(reading)
    if (index !== undefined) element.setAttribute('index', String(index))
    const place = build.places.given.get(reading)
    if (place && !element.find('address')) element.insert(parseElement(addressOf(place)))
  }
  for (const port of build.places.madePorts()) insertController(devices, portElement(port))
  return document.toString()
}

/** The same with the names that the devices have while it runs. */
export function named(xml: string, host: ArgvSurroundings): string {
  const document = EditDocument.parse(xml)
  const elements = document.root.find('devices')?.children() ?? []
  const { build } = planned(xml, { ...host, isRunning: true })
  for (const [at, reading] of build.devices.entries()) {
    const element = elements[at]
    const id = build.ids.get(reading)
    if (!element || id === undefined || nameless.includes(element.name)) continue
    const alias = element.find('alias')
    if (alias) alias.setAttribute('name', id)
    else element.insert(parseElement(`<alias name='${id}'/>`))
  }
  return document.toString()
}

const nameless = ['emulator', 'graphics', 'audio', 'redirfilter']

function addControllers(document: EditDocument, devices: EditElement): void {
  const domain = new Reading(parseXml(document.toString()).root)
  const machine = machineFacts(domain)
  const all = domain.child('devices')?.all() ?? []
  const isRoot = (one: Reading): boolean =>
    one.name === 'controller' && one.attr('type') === 'pci' && one.attr('model') === 'pcie-root'
  if (machine.hasPorts && !all.some(isRoot))
    insertController(devices, `<controller type='pci' index='0' model='pcie-root'/>`)
  for (const one of missingControllers({ devices: all, machine }))
    insertController(devices, controllerElement(one))
}

function controllerElement({ type, index, model }: MissingController): string {
  return `<controller type='${type}' index='${index}'${model === undefined ? '' : ` model='${model}'`}/>`
}

function portElement({ index, model, chassis, port, place }: Port): string {
  return `<controller type='pci' index='${index}' model='${model}'><target chassis='${chassis}' port='0x${port.toString(16)}'/>${addressOf(place)}</controller>`
}

function insertController(devices: EditElement, xml: string): void {
  devices.insert(parseElement(xml), devices.children('controller').at(-1))
}

/** The planner makes one of the place in the list, which would shift. */
function addMacs(document: EditDocument, devices: EditElement): void {
  const cards = devices.children('interface').filter((card) => card.attribute('type') !== 'hostdev')
  const taken = new Set(cards.map((card) => card.find('mac')?.attribute('address')?.toLowerCase()))
  const { root } = document
  const of = root.find('uuid')?.text() ?? root.find('name')?.text() ?? ''
  let next = 0
  for (const card of cards) {
    if (card.find('mac')?.attribute('address') !== undefined) continue
    while (taken.has(derivedMac(of, next))) next += 1
    const mac = derivedMac(of, next)
    taken.add(mac)
    card.find('mac')?.remove()
    card.insert(parseElement(`<mac address='${mac}'/>`))
  }
}

/** With cells of NUMA they and what is plugged say how much memory there is, and <memory> follows, as in libvirt. */
function countMemory({ root }: EditDocument, devices: EditElement): void {
  const memory = root.find('memory')
  const cells = root.find('cpu', 'numa')?.children('cell') ?? []
  if (!memory || cells.length === 0) return
  const plugged = devices.children('memory').map((device) => bytesOf(device.find('target', 'size')))
  const all = [...cells.map(cellBytes), ...plugged].reduce((sum, bytes) => sum + bytes, 0)
  if (all > 0 && all !== bytesOf(memory)) writeKiB(memory, all)
}

/** All processors and all memory are what a guest has without a word; libvirt leaves the first out as well. */
function dropSaidTwice({ root }: EditDocument): void {
  const vcpu = root.find('vcpu')
  if (vcpu?.attribute('current') === vcpu?.text()) vcpu?.setAttribute('current', undefined)
  const current = root.find('currentMemory')
  if (current && bytesOf(current) === bytesOf(root.find('memory'))) current.remove()
}

function cellBytes(cell: EditElement): number {
  return Number(cell.attribute('memory') ?? 0) * (unitBytes(cell.attribute('unit') ?? 'KiB') ?? 0)
}

/** `pci.3` and `0x1.0x2` as definitions write them. */
function addressOf({ bus, addr, multifunction }: Options): string {
  const number = /^pci\.(\d+)$/.exec(String(bus))?.[1] ?? '0'
  const [slot = '0x0', fn = '0x0'] = String(addr).split('.')
  const many = multifunction === undefined ? '' : ` multifunction='${multifunction === true ? 'on' : 'off'}'`
  const hex = (value: number): string => `0x${value.toString(16).padStart(2, '0')}`
  return `<address type='pci' domain='0x0000' bus='${hex(Number(number))}' slot='${hex(Number(slot))}' function='${fn}'${many}/>`
}
