/** Who runs the guest, how it starts, and what of a computer it is given (https://libvirt.org/formatdomain.html). */
import { createAt, readAt, writeAt } from '../../domain-xml/edit/path'
import type { ConversionJob } from './job'
import { architectureOf } from './source'

/** Where Xen's packages keep programs of theirs, whatever the version. */
const xensOwn = /(^|\/)(xen|xen-[\d.]+)\/|hvmloader|\/grub-xen|pvgrub|pv-grub/

export function convertMachine(job: ConversionJob): void {
  const { root, goal } = job
  if (!job.isXen) {
    writeAt(root, '@type', goal.to)
    job.tell('Hypervisor', `xen becomes ${goal.to}`, 'It is what runs guests on this host.')
  }
  convertStart(job)
  convertType(job)
  if (!job.isXen) convertLoader(job)
  convertBootOrder(job)
  convertEmulator(job)
  convertFeatures(job)
  if (!job.isXen) {
    convertCpu(job)
    convertClock(job)
    removeXensOwn(job)
  }
}

/** For guests that knew of Xen the host looked for a kernel; a whole computer has a boot loader of its own. */
function convertStart(job: ConversionJob): void {
  const { root } = job
  const path = readAt(root, 'bootloader')
  job.remove(
    root.find('bootloader'),
    path === undefined || path === '' ? 'Boot loader on the host' : `Boot loader ${path}`,
    'It looks into the disk for a kernel on the Xen host. Here the guest starts from its own boot loader.',
  )
  root.find('bootloader_args')?.remove()
  if (job.from === 'hvm') return
  const kernel = readAt(root, 'os/kernel')
  if (kernel === undefined) return
  const commandLine = readAt(root, 'os/cmdline') ?? readAt(root, 'os/root') ?? ''
  for (const name of ['kernel', 'initrd', 'cmdline', 'root']) root.find('os', name)?.remove()
  job.tell(
    `Kernel ${kernel}`,
    'Removed, with its initial RAM disk and command line',
    'It lies on the Xen host and is made for Xen. Here the guest starts the kernel on its disk.',
  )
  if (commandLine !== '')
    job.warnings.push(
      `The guest was started with “${commandLine}”: put what it needs of that into its own boot loader.`,
    )
}

function convertType(job: ConversionJob): void {
  const { root, machine } = job
  const [type = '', before] = [readAt(root, 'os/type'), readAt(root, 'os/type/@machine')]
  const architecture = readAt(root, 'os/type/@arch')
  writeAt(root, 'os/type', 'hvm')
  if (type !== 'hvm')
    job.tell(
      'Kind of guest',
      `${type === '' ? 'None' : type} becomes hvm`,
      'The guest gets a whole computer, with a firmware and devices that need nothing of Xen.',
    )
  if (architecture === undefined) {
    writeAt(root, 'os/type/@arch', architectureOf(root))
    job.tell('Processor architecture', architectureOf(root), 'It was not said, and the machine goes by it.')
  }
  writeAt(root, 'os/type/@machine', machine)
  if (machine === before) return
  const becomes = machine ?? 'what the host takes by itself'
  job.tell(
    'Machine type',
    before === undefined ? becomes : `${before} becomes ${becomes}`,
    job.from === 'hvm'
      ? 'The nearest to the chipset that Xen’s HVM guests have.'
      : job.isXen
        ? 'Xen’s fully virtual guests have this one.'
        : 'Xen’s own machine types do not exist here.',
  )
}

/** Xen’s hvmloader stands where others have their firmware; they bring their own. */
function convertLoader(job: ConversionJob): void {
  const { root } = job
  const loader = readAt(root, 'os/loader') ?? ''
  const isEfi = /ovmf|edk2|uefi/i.test(loader) || root.find('os')?.attribute('firmware') === 'efi'
  if (loader !== '') {
    root.find('os', 'loader')?.remove()
    root.find('os', 'nvram')?.remove()
    job.tell(
      `Firmware ${loader}`,
      isEfi ? 'UEFI of this host' : 'Removed',
      'It belongs to Xen. This host has a firmware of its own.',
    )
    if (isEfi)
      job.warnings.push(
        'The stored UEFI boot entries do not come along. If nothing starts, choose the boot loader’s file in the firmware’s menu once.',
      )
  }
  // Arm’s virtual machine finds disks by nothing else
  const needsEfi = !job.isX86 && root.find('os')?.attribute('firmware') === undefined
  if (isEfi || needsEfi) root.find('os')?.setAttribute('firmware', 'efi')
  if (needsEfi && loader === '')
    job.tell('Firmware', 'UEFI', 'Such machines start from a disk by nothing else.')
}

function convertBootOrder(job: ConversionJob): void {
  const { root } = job
  const hasOrder = job.devices().some((device) => device.find('boot') !== undefined)
  if (hasOrder || root.find('os', 'boot') || readAt(root, 'os/kernel') !== undefined) return
  writeAt(root, 'os/boot/@dev', 'hd')
  job.tell('Start from', 'The first disk', 'A whole computer has to be told where its system is.')
}

function convertEmulator(job: ConversionJob): void {
  const { root, goal } = job
  const before = readAt(root, 'devices/emulator')
  const virtType = job.isXen ? 'xen' : goal.to
  const own = goal.kind.virtTypes.find(({ name }) => name === virtType)?.emulator
  if (before === own || (before === undefined && job.isXen)) return
  writeAt(root, 'devices/emulator', own)
  job.tell(
    before === undefined || before === '' ? 'Emulator' : `Emulator ${before}`,
    own ?? 'What the host takes by itself',
    job.isXen ? 'It emulates the devices of the whole computer.' : 'Xen’s does not exist here.',
  )
}

function convertFeatures(job: ConversionJob): void {
  const { root } = job
  if (job.isX86 && job.from !== 'hvm') {
    const missing = ['acpi', 'apic', ...(job.isXen ? ['pae'] : [])].filter(
      (name) => root.find('features', name) === undefined,
    )
    for (const name of missing) createAt(root, `features/${name}`)
    if (missing.length > 0)
      job.tell(
        'Features',
        `${missing.map((one) => one.toUpperCase()).join(', ')} on`,
        'Without them the guest neither hears that it shall shut down nor uses more than one processor.',
      )
  }
  if (job.isXen) return
  for (const name of ['hap', 'xen', 'pvh', 'viridian']) {
    const feature = root.find('features', name)
    if (!feature) continue
    feature.remove()
    // QEMU without KVM has nothing of the kind
    if (name !== 'viridian' || job.goal.to === 'qemu') {
      job.tell(`Feature ${name}`, 'Removed', 'It is a setting of Xen.')
      continue
    }
    for (const one of ['relaxed', 'vapic']) writeAt(root, `features/hyperv/${one}/@state`, 'on')
    job.tell(
      'Feature viridian',
      'Hyper-V’s “relaxed” and “vapic”',
      'This is what it is here: Windows runs smoother with them.',
    )
  }
}

function convertCpu(job: ConversionJob): void {
  const { root, goal } = job
  if (goal.to === 'kvm' && !root.find('cpu')) {
    writeAt(root, 'cpu/@mode', job.isX86 ? 'host-model' : 'host-passthrough')
    job.tell(
      'Processor',
      'Like the host’s',
      'Under Xen the guest saw the host’s. What KVM gives otherwise is so old that newer systems do not start on it.',
    )
  }
  if (goal.to === 'qemu' && root.find('cpu')?.attribute('mode') === 'host-passthrough')
    job.remove(root.find('cpu'), 'Processor', 'Only KVM and Xen hand the host’s on.')
}

function convertClock(job: ConversionJob): void {
  for (const timer of job.root.find('clock')?.children('timer') ?? []) {
    if (timer.attribute('name') !== 'tsc') continue
    job.remove(timer, 'Timer tsc', 'It says how Xen emulates the counter of the processor.')
  }
}

function removeXensOwn(job: ConversionJob): void {
  const { root } = job
  for (const label of root.children('seclabel'))
    if (label.attribute('model') === 'flask')
      job.remove(label, 'Security label', 'Flask is Xen’s own way of confining guests.')
  for (const name of root.attributeNames()) {
    const [, prefix] = /^xmlns:(.+)$/.exec(name) ?? []
    if (prefix === undefined || root.attribute(name) !== 'http://libvirt.org/schemas/domain/xen/1.0') continue
    for (const element of root.children())
      if (element.name.startsWith(`${prefix}:`))
        job.remove(element, 'Options for Xen', 'They are words of Xen’s own tools.')
    root.setAttribute(name, undefined)
  }
  const kernel = readAt(root, 'os/kernel')
  if (kernel !== undefined && xensOwn.test(kernel))
    job.warnings.push(`It starts the kernel ${kernel}, which belongs to Xen: take it out of the definition.`)
}
