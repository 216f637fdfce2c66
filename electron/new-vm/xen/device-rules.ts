/** What else a guest has: its console, input, screen, memory balloon, controllers, and the host's devices handed to it. */
import { readAt, writeAt } from '../../domain-xml/edit/path'
import { parseElement, type EditElement } from '../../domain-xml/edit/tree'
import type { ConversionJob } from './job'

export function convertDevices(job: ConversionJob): void {
  convertConsoles(job)
  convertInput(job)
  convertScreen(job)
  if (job.isXen) return
  convertBalloon(job)
  convertControllers(job)
  convertChannels(job)
  convertHostDevices(job)
}

/** libvirt's main console is the first serial port, told twice. */
function convertConsoles(job: ConversionJob): void {
  const xens = job.devices('console').filter((one) => isXensConsole(job, one))
  for (const [at, console] of xens.entries()) {
    const siblings = console.parent?.children() ?? []
    if (at > 0 || job.devices('serial').length === 0)
      console.parent?.insert(serialOf(console, at), siblings[siblings.indexOf(console) - 1])
    if (at > 0) {
      console.remove()
      continue
    }
    for (const path of ['@tty', 'source', 'alias']) writeAt(console, path, undefined)
    writeAt(console, 'target/@type', 'serial')
    writeAt(console, 'target/@port', '0')
    job.tell(
      'Text console',
      'Xen’s console becomes the first serial port',
      job.isXen
        ? 'A whole computer has a serial port (ttyS0); the console of Xen is for guests that know of it.'
        : 'Xen’s console (hvc0, xvc0) does not exist here. The guest calls this one ttyS0.',
    )
  }
}

function isXensConsole({ from }: ConversionJob, console: EditElement): boolean {
  const type = readAt(console, 'target/@type')
  return type === 'xen' || (type === undefined && from !== 'hvm')
}

function serialOf(console: EditElement, port: number): EditElement {
  const serial = parseElement(
    console
      .toString()
      .replace(/^<console/, '<serial')
      .replace(/<\/console\s*>$/, '</serial>'),
  )
  serial.setAttribute('tty', undefined)
  if (serial.attribute('type') === undefined) serial.setAttribute('type', 'pty')
  for (const name of ['target', 'alias', 'address']) serial.find(name)?.remove()
  // where the other end of a pseudo terminal was is the daemon's business
  if (serial.attribute('type') === 'pty') serial.find('source')?.remove()
  writeAt(serial, 'target/@port', `${port}`)
  return serial
}

function convertInput(job: ConversionJob): void {
  // Arm's virtual machine has no PS/2
  const bus = job.isX86 ? 'ps2' : 'usb'
  for (const input of job.devices('input')) {
    if (input.attribute('bus') !== 'xen') continue
    input.setAttribute('bus', bus)
    job.tell(
      input.attribute('type') === 'keyboard' ? 'Keyboard' : 'Mouse',
      `Bus xen becomes ${bus}`,
      'Xen’s virtual ones exist for guests that know of Xen only.',
    )
  }
  const hasTablet = job.devices('input').some((input) => input.attribute('type') === 'tablet')
  const isScreen = job.devices('graphics').length > 0
  const hasUsb = !job
    .devices('controller')
    .some((one) => one.attribute('type') === 'usb' && one.attribute('model') === 'none')
  if (job.from === 'hvm' || hasTablet || !isScreen || !hasUsb) return
  job.root
    .find('devices')
    ?.insert(parseElement(`<input type='tablet' bus='usb'/>`), job.devices('input').at(-1))
  job.tell('Tablet', 'Added, on USB', 'With a mouse alone the pointer of the console runs away from yours.')
}

function convertScreen(job: ConversionJob): void {
  const hasScreen = job.devices('graphics').length > 0
  for (const video of job.devices('video')) {
    const model = video.find('model')
    if (model?.attribute('type') !== 'xen') continue
    const type = job.isXen ? 'cirrus' : job.isX86 ? 'vga' : 'virtio'
    model.setAttribute('type', type)
    // as much as Xen's frame buffer had
    model.setAttribute('vram', job.isXen ? '8192' : undefined)
    job.tell(
      'Screen',
      `Model xen becomes ${type}${job.isXen ? ', with 8 MiB' : ''}`,
      'Xen’s frame buffer needs a guest that knows of Xen; this card works with any.',
    )
  }
  if (!job.isXen || !hasScreen || job.devices('video').length > 0) return
  job.root
    .find('devices')
    ?.insert(
      parseElement(`<video><model type='cirrus' vram='8192' heads='1'/></video>`),
      job.devices('graphics').at(-1),
    )
  job.tell('Screen', 'cirrus, with 8 MiB', 'A whole computer has a graphics card.')
}

function convertBalloon(job: ConversionJob): void {
  for (const balloon of job.devices('memballoon')) {
    if (balloon.attribute('model') !== 'xen') continue
    balloon.setAttribute('model', 'virtio')
    job.tell(
      'Memory balloon',
      'Model xen becomes virtio',
      'It takes memory back from the guest, and gives it more.',
    )
  }
}

function convertControllers(job: ConversionJob): void {
  for (const controller of job.devices('controller')) {
    const [type = '', model] = [controller.attribute('type'), controller.attribute('model')]
    if (type === 'xenbus') job.remove(controller, 'Controller xenbus', 'It is Xen’s way to its devices.')
    else if (type === 'usb' && model?.startsWith('qusb') === true)
      job.remove(
        controller,
        `USB controller ${model ?? ''}`,
        'It is Xen’s own; the host adds one that guests know.',
      )
    else if (type === 'ide' && !job.hasIde)
      job.remove(controller, 'IDE controller', 'The machine has no IDE.')
  }
  if (job.from === 'hvm' && job.hasIde) return
  for (const device of job.devices())
    if (readAt(device, 'address/@type') === 'pci') device.find('address')?.remove()
}

function convertChannels(job: ConversionJob): void {
  for (const channel of job.devices('channel')) {
    if (readAt(channel, 'target/@type') !== 'xen') continue
    writeAt(channel, 'target/@type', 'virtio')
    job.tell(
      `Channel ${readAt(channel, 'target/@name') ?? ''}`.trim(),
      'From xen to virtio',
      'Programs of the guest find it by the same name.',
    )
  }
}

function convertHostDevices(job: ConversionJob): void {
  for (const device of job.devices('hostdev')) {
    const driver = device.find('driver')
    if (driver?.attribute('name') === 'xen')
      job.remove(
        driver,
        'Device of the host',
        'It is Xen’s way to hand a device on; libvirt takes VFIO here.',
      )
    job.warnings.push(
      'A device of the Xen host is handed to the guest: choose one of this host for it, or remove it.',
    )
  }
}
