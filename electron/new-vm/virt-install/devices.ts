/** Options about devices, as the definition has them; what virt-install adds by itself just the same is not said. */
import type { Values } from '../../../shared/model/hardware/field'
import type { HardwareItem } from '../../../shared/model/hardware/view'
import type { NewDisk, NewNic, NewVmInput } from '../../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../../shared/model/os/os'
import { keepsSpace } from '../definition/disks'
import type { NewGuest } from '../definition/guest'
import type { CreationFacts, ResolvedImage } from '../facts'
import { joined, type SubOption } from './words'

const gibibyte = 1024 ** 3

export function deviceWords(
  input: NewVmInput,
  facts: CreationFacts,
  os: OsKnowledge | undefined,
  guest: NewGuest,
  items: readonly HardwareItem[],
): string[] {
  const of = (kind: string): Values[] =>
    items.filter(({ ref }) => ref.kind === kind).map(({ values }) => values)
  return [
    ...diskWords(input, facts, of('disk')),
    ...(guest.isQemu ? controllerWords(os, of('controller')) : []),
    ...nicWords(input, of('nic'), facts.seed !== undefined),
    ...screenWords(input, of('video')),
    ...(guest.isQemu ? helperWords(guest, of) : []),
  ]
}

function diskWords(input: NewVmInput, facts: CreationFacts, drives: readonly Values[]): string[] {
  const disks = drives.filter(({ device }) => device === 'disk')
  const discs = drives.filter(({ device }) => device === 'cdrom')
  const words = input.disks.flatMap((wanted, at) => {
    const image = facts.disks[at]
    const values = disks[at]
    const base = at === 0 ? facts.base : undefined
    return image && values ? ['--disk', diskOption(wanted, image, values, base)] : []
  })
  // the first disc is the one that is installed from
  const more = discs.slice(installDiscs(input, facts)).flatMap((values, at) => {
    const image = [...facts.discs, ...(facts.seed ? [facts.seed] : [])][at + installDiscs(input, facts)]
    if (!image) return []
    return ['--disk', joined(...placeOf(image), ['device', 'cdrom'], ['target.bus', text(values['bus'])])]
  })
  return words.length + more.length === 0 ? ['--disk', 'none'] : [...words, ...more]
}

/** `--cdrom` takes a path and nothing else. */
export function installDiscs({ source }: NewVmInput, { discs }: CreationFacts): 0 | 1 {
  const isMedium = source.kind === 'iso' || source.kind === 'drive'
  return isMedium && discs[0] !== undefined && discs[0].source.kind !== 'volume' ? 1 : 0
}

function diskOption(
  wanted: NewDisk,
  image: ResolvedImage,
  values: Values,
  base: CreationFacts['base'],
): string {
  const driver: SubOption[] = [
    ['driver.discard', text(values['discard'])],
    ['driver.cache', text(values['cache'])],
    ['driver.io', text(values['io'])],
  ]
  const bus: SubOption = ['target.bus', text(values['bus'])]
  if (wanted.kind === 'existing' || wanted.original || base?.how === 'copy')
    return joined(...placeOf(image), ['driver.type', text(values['format'])], bus, ...driver)
  const { source } = image
  return joined(
    source.kind === 'volume' ? ['pool', source.pool] : ['path', source.path],
    ['size', wanted.sizeBytes / gibibyte],
    // a logical volume has no format of its own
    ['format', source.kind === 'block' ? undefined : image.format],
    ...backingOf(base),
    ['sparse', keepsSpace(wanted) ? 'no' : 'yes'],
    bus,
    ...driver,
  )
}

function backingOf(base: CreationFacts['base']): SubOption[] {
  if (!base || base.image.source.kind === 'volume') return []
  return [
    ['backing_store', base.image.source.path],
    ['backing_format', base.image.format],
  ]
}

function placeOf({ source }: ResolvedImage): SubOption[] {
  return source.kind === 'volume' ? [['vol', `${source.pool}/${source.volume}`]] : [['path', source.path]]
}

/** Without knowing the system virt-install takes the old ones. "usb3" is its word for the very controller of ours. */
function controllerWords(os: OsKnowledge | undefined, controllers: readonly Values[]): string[] {
  if (os !== undefined) return []
  return controllers.flatMap(({ model }) => {
    if (model === 'qemu-xhci') return ['--controller', 'usb3']
    return model === 'virtio-scsi' ? ['--controller', 'type=scsi,model=virtio-scsi'] : []
  })
}

function nicWords({ nics }: NewVmInput, cards: readonly Values[], isKnown: boolean): string[] {
  if (nics.length === 0) return ['--network', 'none']
  return nics.flatMap((wanted, at) => [
    '--network',
    joined(
      ...nicSource(wanted),
      ['model.type', text(cards[at]?.['model'])],
      ['mac.address', isKnown ? text(cards[at]?.['mac']) : undefined],
    ),
  ])
}

export function nicSource({ source }: NewNic): SubOption[] {
  switch (source.kind) {
    case 'network':
      return [
        ['network', source.name],
        ['source.portgroup', source.portGroup],
      ]
    case 'bridge':
      return [['bridge', source.name]]
    case 'direct':
      return [
        ['type', 'direct'],
        ['source', source.interface],
        ['source.mode', 'bridge'],
      ]
    case 'user':
      return ['user']
  }
}

function screenWords({ graphics }: NewVmInput, screens: readonly Values[]): string[] {
  if (graphics === 'none') return ['--graphics', 'none']
  const model = text(screens[0]?.['model'])
  return [
    '--graphics',
    joined(graphics, ['listen', '127.0.0.1']),
    ...(model === undefined ? [] : ['--video', model]),
  ]
}

function helperWords(guest: NewGuest, of: (kind: string) => readonly Values[]): string[] {
  const agent = of('channel').find(({ name }) => name === 'org.qemu.guest_agent.0')
  const [tpm] = of('tpm')
  const [balloon] = of('balloon')
  return [
    ...(agent ? ['--channel', 'unix,target.type=virtio,target.name=org.qemu.guest_agent.0'] : []),
    ...(tpm
      ? [
          '--tpm',
          joined(['backend.type', 'emulator'], ['backend.version', '2.0'], ['model', text(tpm['model'])]),
        ]
      : guest.firmware === 'other'
        ? []
        : ['--tpm', 'none']),
    ...(balloon
      ? ['--memballoon', joined(['model', 'virtio'], ['stats.period', text(balloon['statsPeriodS'])])]
      : []),
    '--rng',
    of('rng').length > 0 ? '/dev/urandom' : 'none',
  ]
}

function text(value: Values[string]): string | undefined {
  return value === undefined || typeof value === 'object' ? undefined : String(value)
}
