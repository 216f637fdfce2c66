/** From a definition to the words of a QEMU command. */
import { parseXml } from '../../../domain-xml/document'
import { writtenDomain } from '../../../domain-xml/written-domain'
import type { Build } from './build'
import { planChannel, planConsole, planParallel, planSerial } from './char-devices'
import { planControllers, rootPortWords, whyPort } from './controllers'
import { planCpu } from './cpu'
import { planDisk } from './disks'
import { planDisplays, planVideo } from './displays'
import { planFilesystem } from './filesystems'
import { bootIndexesOf, planFirmware } from './firmware'
import { planHostDevice, planRedirection, planSmartcard } from './host-devices'
import { idsOf } from './ids'
import { acceleratorOf, planMachine } from './machine'
import { machineFacts } from './machine-facts'
import { planMemory, planMemoryDevice } from './memory'
import { planNic } from './nics'
import { Places } from './places'
import type { ArgvPlan, ArgvSurroundings } from './plan'
import { Reading } from './reading'
import {
  planBalloon,
  planCrypto,
  planInput,
  planIommu,
  planPanic,
  planRng,
  planSharedMemory,
  planThreads,
  planVsock,
  planWatchdog,
} from './small-devices'
import { planAudio, planSound } from './sound'
import { planClock, planEvents, planIdentity, planOwnWords, planSandbox, planTables } from './system'
import { planTpm } from './tpm'
import { toldOf } from './told'

/** How each device is planned; the number counts devices of the same kind. */
const planners: Readonly<Record<string, (build: Build, device: Reading, at: number) => void>> = {
  disk: planDisk,
  filesystem: planFilesystem,
  interface: planNic,
  serial: planSerial,
  parallel: planParallel,
  console: planConsole,
  channel: planChannel,
  smartcard: planSmartcard,
  tpm: planTpm,
  input: planInput,
  sound: planSound,
  video: planVideo,
  hostdev: planHostDevice,
  redirdev: planRedirection,
  watchdog: planWatchdog,
  rng: planRng,
  memballoon: planBalloon,
  panic: planPanic,
  vsock: planVsock,
  shmem: planSharedMemory,
  memory: planMemoryDevice,
  crypto: planCrypto,
}

/** Planned elsewhere, or read together with others. */
const notDevices = ['emulator', 'controller', 'graphics', 'audio', 'iommu', 'hub', 'redirfilter']

export function planArgv(xml: string, host: ArgvSurroundings): ArgvPlan {
  return planned(xml, host).plan
}

/** With what it was made of. */
export function planned(
  xml: string,
  host: ArgvSurroundings,
): { readonly plan: ArgvPlan; readonly build: Build } {
  writtenDomain(xml)
  const domain = new Reading(parseXml(xml, 'the definition').root)
  const devices = domain.child('devices')?.all() ?? []
  const machine = machineFacts(domain)
  const { accelerator, note } = acceleratorOf(domain, host.accelerators)
  const build: Build = {
    domain,
    devices,
    machine,
    host,
    isKvm: accelerator === 'kvm',
    places: new Places(machine, devices, host.isRunning),
    parts: [],
    notes: note === undefined ? [] : [note],
    helpers: [],
    copies: [],
    ids: idsOf(devices, machine),
    cpuFlags: [],
    bootIndexes: bootIndexesOf(domain, devices),
  }
  const environment = planAll(build, accelerator)
  build.notes.push(...toldOf(domain))
  const plan = {
    program: host.emulator,
    parts: build.parts,
    notes: [...new Set(build.notes)],
    helpers: build.helpers,
    copies: build.copies,
    environment,
  }
  return { plan, build }
}

function planAll(build: Build, accelerator: Parameters<typeof planMachine>[1]): ArgvPlan['environment'] {
  const { devices } = build
  planIdentity(build)
  build.parts.push({
    words: ['-nodefaults', '-no-user-config'],
    of: 'machine',
    why: 'Only what is named here is part of the VM, whatever the files of this host say.',
  })
  planSandbox(build)
  planMachine(build, accelerator)
  // devices and features add to what the processor is told
  const processor = build.parts.length
  planMemory(build)
  planThreads(build)
  planClock(build)
  planEvents(build)
  planTables(build)
  planFirmware(build)
  // before other cards, as those look for it
  for (const device of devices) if (device.name === 'iommu') planIommu(build, device)
  const controllers = build.parts.length
  planControllers(build)
  planDisplays(build)
  planAudio(build)
  const counts = new Map<string, number>()
  for (const device of devices) {
    device.child('alias')?.attr('name')
    const at = counts.get(device.name) ?? 0
    counts.set(device.name, at + 1)
    planners[device.name]?.(build, device, at)
    if (device.name === 'emulator') device.text()
    if (!planners[device.name] && !notDevices.includes(device.name)) {
      device.whole()
      build.notes.push(
        `A device of the kind "${device.name}" is left out: there is none of it in QEMU without libvirt.`,
      )
    }
  }
  build.parts.splice(
    controllers,
    0,
    ...build.places
      .madePorts()
      .map((port) => ({ words: rootPortWords(port), of: `controller pci.${port.index}`, why: whyPort })),
  )
  build.parts.splice(processor, 0, ...processorParts(build))
  return planOwnWords(build)
}

function processorParts(build: Build): Build['parts'] {
  const own: Build = { ...build, parts: [] }
  planCpu(own)
  return own.parts
}
