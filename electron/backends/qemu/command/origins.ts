/** Which page of the hardware editor each part of a command comes from. */
import { EditDocument, type EditElement } from '../../../domain-xml/edit/tree'
import { findItems, readValues, type PlacedItem } from '../../../domain-xml/hardware/items'
import type { ItemRef } from '../../../../shared/model/hardware/view'

export interface Origin {
  readonly from: string
  readonly item?: ItemRef
}

/** Pages, by what the planner calls its parts (ArgvPart.of). */
const pages: Readonly<Record<string, string>> = {
  name: 'general',
  identity: 'general',
  'generation ID': 'general',
  machine: 'general',
  accelerator: 'general',
  processor: 'cpu',
  processors: 'cpu',
  memory: 'memory',
  features: 'features',
  clock: 'clock',
  events: 'events',
  'power management': 'events',
  firmware: 'boot',
  kernel: 'boot',
  'boot order': 'boot',
  'firmware configuration': 'smbios',
  'BIOS tables': 'smbios',
  'own words': 'qemu',
  'old options': 'qemu',
}

/** Devices, whose number counts those of the same element, or whose name is that of one of them. */
const devices: readonly (readonly [of: RegExp, element: string])[] = [
  [/^disk (.+)$/, 'disk'],
  [/^shared folder (.+)$/, 'filesystem'],
  [/^network card (\d+)$/, 'interface'],
  [/^serial port (\d+)$/, 'serial'],
  [/^parallel port (\d+)$/, 'parallel'],
  [/^console (\d+)$/, 'console'],
  [/^channel (.+)$/, 'channel'],
  [/^screen (\d+)$/, 'video'],
  [/^display$/, 'graphics'],
  [/^sound card (.+)$/, 'sound'],
  [/^sound output (\d+)$/, 'audio'],
  [/^input (.+)$/, 'input'],
  [/^host device (.+)$/, 'hostdev'],
  [/^USB redirection (.+)$/, 'redirdev'],
  [/^smart card (.+)$/, 'smartcard'],
  [/^shared memory (.+)$/, 'shmem'],
  [/^memory (?:dimm|nvdimm|virtiomem|virtiopmem)(\d+)$/, 'memory'],
  [/^memory balloon$/, 'memballoon'],
  [/^watchdog$/, 'watchdog'],
  [/^random numbers$/, 'rng'],
  [/^crash notifier$/, 'panic'],
  [/^crypto device$/, 'crypto'],
  [/^TPM$/, 'tpm'],
  [/^IOMMU$/, 'iommu'],
  [/^USB hub (.+)$/, 'hub'],
  [/^sockets$/, 'vsock'],
  [/^controller (.+)$/, 'controller'],
]

const own: Readonly<Record<string, string>> = {
  run: 'Innkeeper',
  'this start': 'This start',
  sandbox: 'Innkeeper',
}

/** Of the definition that the command was made of. */
export function originsOf(definition: string): (of: string) => Origin {
  const { root } = EditDocument.parse(definition, 'the definition')
  const items = findItems(root)
  const elements = root.find('devices')?.children() ?? []
  const placeOf = ({ element }: PlacedItem): number => elements.indexOf(element)
  const known = new Map<string, Origin>()
  return (of) => {
    const before = known.get(of)
    if (before) return before
    const found = pageOf(items, of) ?? deviceOf(items, of, placeOf)
    const origin: Origin = found
      ? { from: found.binding.kind.title(readValues(found)), item: found.ref }
      : { from: own[of] ?? `${of.charAt(0).toUpperCase()}${of.slice(1)}` }
    known.set(of, origin)
    return origin
  }
}

function pageOf(items: readonly PlacedItem[], of: string): PlacedItem | undefined {
  const kind = of.startsWith('NUMA cell ') ? 'numa' : of.startsWith('I/O thread ') ? 'vcpu-tuning' : pages[of]
  return kind === undefined ? undefined : items.find(({ ref }) => ref.kind === kind)
}

function deviceOf(
  items: readonly PlacedItem[],
  of: string,
  placeOf: (item: PlacedItem) => number,
): PlacedItem | undefined {
  for (const [pattern, element] of devices) {
    const matched = pattern.exec(of)
    if (!matched) continue
    const name = matched[1] ?? '0'
    const same = items
      .filter(({ binding }) => binding.element === element)
      .toSorted((a, b) => placeOf(a) - placeOf(b))
    const named = same.find((item) => namesOf(item.element).includes(name))
    const number = /^(?:[a-z]+)?(\d+)$/.exec(name)?.[1]
    return named ?? (number !== undefined && !byName.includes(element) ? same[Number(number)] : undefined)
  }
  return undefined
}

/** Numbers in their names are not counted from the first of them. */
const byName = ['controller', 'audio', 'shmem']

/** What the planner may call a device instead of its number. */
function namesOf(element: EditElement): (string | undefined)[] {
  if (element.name === 'controller') return controllerNames(element)
  const target = element.find('target')
  return [
    element.attribute('name'),
    element.find('alias')?.attribute('name'),
    ...(element.name === 'audio' ? [element.attribute('id')] : []),
    ...(['disk', 'filesystem', 'channel'].includes(element.name)
      ? [target?.attribute('dev'), target?.attribute('dir'), target?.attribute('name')]
      : []),
  ]
}

/** The first of a machine has a name without a number (ids.ts). */
function controllerNames(element: EditElement): string[] {
  const [type = '', index = '0'] = [element.attribute('type'), element.attribute('index')]
  if (type === 'pci') return [`pci.${index}`]
  const first: Readonly<Record<string, string>> = { usb: 'usb', ide: 'ide', sata: 'ide' }
  const short = index === '0' ? first[type] : undefined
  return [`${type}${index}`, ...(short === undefined ? [] : [short])]
}
