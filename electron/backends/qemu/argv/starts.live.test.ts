/** The real QEMU takes what is planned: each definition's command is started as far as its first instruction, and asked. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { architectureOf, collectedDefinitions, wizardDefinitions } from '../testing/definitions'
import { host } from '../testing/host'
import { startable } from '../testing/stand-ins'
import { startStopped } from '../testing/start-stopped'
import { planArgv } from './plan-argv'

const programs: Readonly<Record<string, string>> = {
  x86_64: '/usr/bin/qemu-system-x86_64',
  i686: '/usr/bin/qemu-system-i386',
}

/** Definitions that no QEMU of this kind starts, whoever writes the command. */
const never: Readonly<Record<string, RegExp>> = {
  // two cards at one place: the definition's own words take it
  'qemu-commandline.xml': /slot 29 function 0 not available for usb-ehci/,
  // a peak without the limit that it belongs to
  'defined/disks-iotune-bursts.xml': /bps_max\/iops_max require corresponding bps\/iops values/,
  // cards of PCI in a machine without it
  'alpine-micro-virt-install.xml': /No 'PCI' bus found for device 'intel-hda'/,
  // words that are made up
  'defined/namespaces-qemu-all.xml': /-newarg: invalid option/,
}

/** Definitions that are refused before, with the reason. */
const refused: Readonly<Record<string, RegExp>> = {
  'defined/disks-pool-volumes.xml': /is a volume of the pool "default", which only libvirt knows/,
  'defined/disks-sheepdog-vxhs.xml': /does not read disks by "sheepdog"/,
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ik-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const here = [...wizardDefinitions(), ...collectedDefinitions()].filter(
  ({ xml }) => architectureOf(xml) in programs,
)

test('there are definitions of all kinds to start', () => {
  expect(here.length).toBeGreaterThan(200)
})

test.for(here)('QEMU starts the command of "$name", or says why nobody could', async ({ name, xml }) => {
  await inFolder(async (folder) => {
    const surroundings = host({
      emulator: programs[architectureOf(xml)] ?? '',
      runFolder: folder,
      vmFolder: folder,
    })
    const refusal = refused[name]
    if (refusal) {
      expect(() => planArgv(xml, surroundings)).toThrow(refusal)
      return
    }
    const plan = planArgv(xml, surroundings)
    const { words, replaced } = await startable(plan, folder)
    const { status, stderr } = await startStopped(plan.program, words)
    const reason = never[name]
    if (reason) expect(stderr).toMatch(reason)
    else
      expect({ status, said: status === undefined ? stderr : '', replaced }).toEqual({
        status: 'prelaunch',
        said: '',
        replaced,
      })
  })
})
