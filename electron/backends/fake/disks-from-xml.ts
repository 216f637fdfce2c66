import type { XmlElement } from '../../domain-xml/document'
import type { FakeDisk } from './model'

/** Disks and drives as a definition has them, for who uses what. */
export function disksFromXml(domain: XmlElement): readonly FakeDisk[] {
  return (domain.find('devices')?.children('disk') ?? []).map(diskOf)
}

const devices = ['disk', 'cdrom', 'floppy', 'lun'] as const

function diskOf(disk: XmlElement): FakeDisk {
  const device = devices.find((one) => one === disk.attribute('device')) ?? 'disk'
  const source = disk.find('source')
  const block = source?.attribute('dev')
  const [pool, volume] = [source?.attribute('pool'), source?.attribute('volume')]
  const path = block ?? source?.attribute('file') ?? (pool && volume ? `${pool}/${volume}` : undefined)
  const bus = disk.find('target')?.attribute('bus')
  return {
    target: disk.find('target')?.attribute('dev') ?? '',
    device,
    ...(bus === undefined ? {} : { bus }),
    ...(path === undefined ? {} : { source: path }),
    sourceType: block === undefined ? 'file' : 'block',
    format: disk.find('driver')?.attribute('type') ?? 'raw',
    isReadOnly: device === 'cdrom' || disk.find('readonly') !== undefined,
    isShareable: disk.find('shareable') !== undefined,
  }
}
