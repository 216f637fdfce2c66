/**
 * libvirt's own idea of the command, device for device: each definition of the wizard is stored by a real libvirt, which
 * gives places to its devices, and both say what QEMU is told. A property that differs without a reason is a failure, and
 * so is a reason without a difference.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startLab, type Lab, type LabHost } from '../../../../e2e/lab/lab'
import { commandWords } from '../../../qemu-command/words'
import { OptionList } from '../../../qemu-command/option-list'
import { architectureOf, wizardDefinitions } from '../testing/definitions'
import { host } from '../testing/host'
import { argvOf } from './plan'
import { planArgv } from './plan-argv'

let lab: Lab
let labHost: LabHost
let folder = ''

beforeAll(async () => {
  lab = await startLab({ hosts: ['labA'] })
  labHost = lab.host('labA')
  folder = await mkdtemp(join(tmpdir(), 'ik-'))
})

afterAll(async () => {
  await lab?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** "driver.property", with the reason why the two may differ there. */
const reasons: Readonly<Record<string, string>> = {
  'any.drive': 'nodes have names of our own, by the target of the disk',
  'virtio-balloon-pci.guest-stats-polling-interval':
    'libvirt sets it by the monitor once the guest runs; here it is a word, so that it holds without anybody connected',
  'virtio-net-pci.bootindex':
    'domxml-to-native makes plain cards of those in a network of libvirt, and leaves their place in the order out',
}

/** What the lab has neither firmware, chip nor KVM for is compared by its words alone, elsewhere. */
const comparable = wizardDefinitions().filter(
  ({ xml }) => architectureOf(xml) === 'x86_64' && !/firmware='efi'|<tpm|type='spicevmc'/.test(xml),
)

type Device = Readonly<Record<string, string>>

function devicesOf(words: readonly string[]): Map<string, Device> {
  const found = new Map<string, Device>()
  for (const [at, word] of words.entries()) {
    if (words[at - 1] !== '-device') continue
    const entries: (readonly [string, string])[] = word.startsWith('{')
      ? Object.entries(JSON.parse(word) as Record<string, unknown>).map(([name, value]) => [
          name,
          plain(value),
        ])
      : OptionList.parse(word, 'driver').entries.map(([name, value]) => [name, plain(value)])
    const device = Object.fromEntries(entries)
    found.set(
      device['id'] ??
        `${device['driver'] ?? ''} at ${device['masterbus'] ?? ''} ${device['firstport'] ?? ''}`,
      device,
    )
  }
  return found
}

/** Numbers and switches are written in several ways. */
function plain(value: unknown): string {
  const text = String(value)
  if (text === 'true') return 'on'
  if (text === 'false') return 'off'
  return /^0x[\da-f]+$/i.test(text) ? String(Number(text)) : text
}

test('there are more than ten definitions that the lab’s libvirt can take', () => {
  expect(comparable.length).toBeGreaterThan(10)
})

test('libvirt tells QEMU of the same devices, with the same properties', async () => {
  const differences = new Map<string, string>()
  for (const { name, xml } of comparable) {
    const emulated = xml
      .replace("type='kvm'", "type='qemu'")
      .replace("mode='host-passthrough'", "mode='maximum'")
      .replace(/<hyperv[\s\S]*?<\/hyperv>/, '')
      .replace(/<timer name='hypervclock'[^>]*>/, '')
    const uuid = crypto.randomUUID()
    const own = emulated.replace(/<uuid>[^<]*/, `<uuid>${uuid}`).replace(/<name>[^<]*/, `<name>${uuid}`)
    const file = join(folder, 'vm.xml')
    await writeFile(file, own)
    await labHost.virsh(['define', file])
    try {
      const stored = await labHost.virsh(['dumpxml', '--inactive', uuid])
      const native = await labHost.virsh(['domxml-to-native', 'qemu-argv', '--domain', uuid])
      const theirs = devicesOf(commandWords(native).words)
      const ours = devicesOf(argvOf(planArgv(stored, host())))
      for (const [id, device] of theirs) {
        const other = ours.get(id)
        if (!other) differences.set(`${device['driver'] ?? ''} is missing`, name)
        for (const property of new Set([...Object.keys(device), ...Object.keys(other ?? {})]))
          if (other && device[property] !== other[property])
            differences.set(
              `${device['driver'] ?? ''}.${property}`,
              `${name}: ${device[property] ?? 'nothing'} / ${other[property] ?? 'nothing'}`,
            )
      }
      for (const [id, device] of ours)
        if (!theirs.has(id)) differences.set(`${device['driver'] ?? ''} is more`, name)
    } finally {
      await labHost.virsh(['undefine', uuid])
    }
  }
  const unaccounted = [...differences].filter(
    ([what]) => !(what in reasons) && !(`any.${what.split('.')[1] ?? ''}` in reasons),
  )
  const unused = Object.keys(reasons).filter(
    (what) =>
      ![...differences.keys()].some((one) => one === what || `any.${one.split('.')[1] ?? ''}` === what),
  )
  expect({ unaccounted, unused }).toEqual({ unaccounted: [], unused: [] })
})
