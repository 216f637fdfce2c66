import { hostId } from '../../../shared/model/ids'
import { newVmInput, type NewDisk, type NewVmInput } from '../../../shared/model/new-vm/new-vm'

export const gib = 1024 ** 3

/** A small server on the demo host, with a new disk and no medium; as the window would send it. */
export function wanted(more: Partial<NewVmInput> = {}): NewVmInput {
  return newVmInput.parse({
    host: hostId.parse('h'),
    name: 'new-01',
    guest: { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'q35' },
    source: { kind: 'none' },
    vcpuCount: 2,
    memoryBytes: 2 * gib,
    hasTpm: false,
    disks: [disk()],
    nics: [{ source: { kind: 'network', name: 'default' } }],
    graphics: 'vnc',
    hasAutostart: false,
    startsNow: true,
    changes: [],
    ...more,
  })
}

export function disk(more: Partial<Extract<NewDisk, { kind: 'new' }>> = {}): NewDisk {
  return { kind: 'new', pool: 'default', sizeBytes: 20 * gib, format: 'qcow2', isFull: false, ...more }
}

export function existing(place: string): NewDisk {
  const [pool = '', volume = ''] = place.split('/')
  return {
    kind: 'existing',
    image: place.startsWith('/') ? { kind: 'path', path: place } : { kind: 'volume', pool, volume },
  }
}
