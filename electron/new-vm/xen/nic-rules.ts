/** Network cards: Xen's scripts, names and models go; addresses and where a card is plugged in stay. */
import { readAt, writeAt } from '../../domain-xml/edit/path'
import type { EditElement } from '../../domain-xml/edit/tree'
import type { ConversionJob } from './job'

export function convertNics(job: ConversionJob): void {
  for (const [at, nic] of job.devices('interface').entries()) {
    const part = `Network card ${readAt(nic, 'mac/@address') ?? at + 1}`
    convertModel(job, nic, part)
    if (job.isXen) continue
    // libvirt takes scripts for no other kind of card
    const script = readAt(nic, 'script/@path') ?? ''
    if (nic.attribute('type') !== 'ethernet' || /(^|\/)(vif|xen)[^/]*/.test(script))
      job.remove(
        nic.find('script'),
        part,
        `The script ${script} plugs cards in under Xen; libvirt does so here.`,
        'Script removed',
      )
    if (/^vif\d/.test(readAt(nic, 'target/@dev') ?? ''))
      job.remove(
        nic.find('target'),
        part,
        'The name of its other end is one that Xen gave.',
        'Name on the host removed',
      )
    job.remove(
      nic.find('backenddomain'),
      part,
      'A guest that serves network cards to others exists under Xen only.',
      'Driver domain removed',
    )
    for (const name of ['ip', 'route'])
      for (const one of nic.children(name))
        job.remove(
          one,
          part,
          'Addresses of guests are no setting of their card here.',
          `Element ${name} ${readAt(one, '@address') ?? ''} removed`,
        )
    const driver = nic.find('driver')
    if (driver && ['netback', 'qemu', 'vif'].includes(driver.attribute('name') ?? ''))
      job.remove(driver, part, 'It names a service of Xen.', 'Driver removed')
  }
}

function convertModel(job: ConversionJob, nic: EditElement, part: string): void {
  const before = readAt(nic, 'model/@type')
  const isOwn = before === undefined || before === 'netfront'
  const model = modelFor(job, before, isOwn)
  if (model === before) return
  writeAt(nic, 'model/@type', model)
  job.tell(
    part,
    before === undefined ? `Model ${model ?? ''}` : `Model ${before} becomes ${model ?? 'the usual one'}`,
    model === 'virtio'
      ? 'The fast card here. The guest needs its driver.'
      : job.isXen
        ? 'Beside Xen’s own card a whole computer has one that it knows by itself.'
        : isOwn && job.from === 'hvm'
          ? 'The one that Xen gave where none was named: the guest knows it.'
          : 'Every system has a driver for it.',
  )
}

function modelFor(job: ConversionJob, before: string | undefined, isOwn: boolean): string | undefined {
  if (job.isXen) return before === 'netfront' ? undefined : before
  if (job.usesVirtio) return 'virtio'
  if (!isOwn) return before
  if (job.from === 'hvm') return 'rtl8139'
  return job.hasIde ? 'e1000' : 'e1000e'
}
