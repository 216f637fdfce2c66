/** What of a VM an OVF cannot say, or other hypervisors do not have. Sentences. */
import type { EditElement } from '../../domain-xml/edit/tree'
import { ovfFacts } from './facts'

const devicesLost: readonly (readonly [element: string, what: string])[] = [
  ['hostdev', 'the hardware of the host that it has'],
  ['filesystem', 'shared folders'],
  ['serial', 'serial ports'],
  ['parallel', 'parallel ports'],
  ['sound', 'the sound card'],
  ['watchdog', 'the watchdog'],
  ['rng', 'the random number generator'],
  ['smartcard', 'the smart card reader'],
  ['shmem', 'shared memory'],
]

export function lostInOvf(root: EditElement): string[] {
  const facts = ovfFacts(root)
  const devices = root.find('devices')
  const of = (name: string): EditElement[] => devices?.children(name) ?? []
  const lost = devicesLost.filter(([name]) => of(name).length > 0).map(([, what]) => what)
  const isOther = !['x86_64', 'i686'].includes(facts.architecture)
  const usesVirtio =
    of('disk').some((disk) => ['virtio', 'scsi'].includes(disk.find('target')?.attribute('bus') ?? '')) ||
    facts.nics.some(({ model }) => model?.startsWith('virtio') === true)
  return [
    ...(isOther
      ? [
          `It is a VM of ${facts.architecture}: VMware and VirtualBox run x86 only, and an OVF does not say it.`,
        ]
      : []),
    ...(facts.firmware === 'bios'
      ? []
      : [
          `It starts by UEFI${facts.firmware === 'efi-secure' ? ' with Secure Boot' : ''}, which an OVF says in VMware’s words only: turn it on by hand elsewhere. Its UEFI variables stay here.`,
        ]),
    ...(of('tpm').length > 0
      ? ['Its TPM stays here: unlock what it protects, such as BitLocker, before the VM moves.']
      : []),
    ...(usesVirtio
      ? [
          'virtio devices become SATA disks and Intel network cards, which most systems have drivers for. Windows may need SATA to be set up first.',
        ]
      : []),
    ...(lost.length > 0 ? [`An OVF does not tell of ${listed(lost)}.`] : []),
    ...(root.children().some((one) => one.name.endsWith(':commandline'))
      ? ['Arguments for QEMU itself stay here.']
      : []),
  ]
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
