/** What of a definition found no place in the command, as sentences for people. */
import type { Reading } from './reading'

/** Groups that are no words of a command, with the reason. */
const reasons: Readonly<Record<string, string>> = {
  cputune:
    'Threads of the VM are not bound to processors, weighed or limited: libvirt does that, QEMU does not.',
  blkiotune: 'Disks are not weighed against those of other VMs: libvirt does that by control groups.',
  memtune: 'Memory of QEMU is not limited: libvirt does that by control groups.',
  numatune: 'Only nodes of memory are told to QEMU; on which processors the VM runs is left to the host.',
  resource: 'The VM is in no control group of its own.',
  perf: 'Counters of the processor are read by libvirt only.',
  idmap: 'Users are mapped for containers only.',
  launchSecurity: 'The guest’s memory is not encrypted: that is not set up here.',
  keywrap: 'Keys of mainframes are not wrapped as told.',
  seclabel: 'Labels of SELinux and AppArmor are set by libvirt only.',
}

/** Parts of devices that are no words of a command. */
const reasonsOfParts: Readonly<Record<string, string>> = {
  'interface/bandwidth': 'How fast a network card may be at most is set by libvirt only.',
  'interface/filterref': 'Filters of the network are rules of libvirt’s.',
  'interface/vlan': 'VLANs of a network card are set on the host by libvirt only.',
  'interface/virtualport': 'Ports of virtual switches are set up by libvirt only.',
  'interface/target': 'The interface of the host is named by QEMU’s helper, not by the definition.',
  'interface/mtu': 'The size of packets is told to cards of virtio only.',
  'interface/coalesce': 'Interrupts of a network card are gathered by the host only.',
  'interface/source': 'What libvirt notes of a network beside its name is not used.',
  'interface/@trustGuestRxFilters': 'Which packets the host hands to a card is decided by the host only.',
  'iothreads/iothread': 'How many requests a thread works on is not told to QEMU.',
  'vcpu/@cpuset':
    'Processors of the VM are not bound to those of the host: libvirt does that, QEMU does not.',
}

/** Said of a VM for people and for libvirt, never for QEMU. */
const silent = ['metadata', 'title', 'description', 'bootloader']

export function toldOf(domain: Reading): string[] {
  const told: string[] = []
  // only groups that are known: to look at another would count as having read it
  const known = [...silent, ...Object.keys(reasons)].flatMap((name) => domain.children(name))
  for (const child of known) {
    if (silent.includes(child.name)) {
      child.whole()
      continue
    }
    const reason = reasons[child.name]
    if (reason !== undefined && child.unread().length > 0) {
      child.whole()
      told.push(reason)
    }
  }
  // the number of a running VM
  domain.attr('id')
  for (const place of domain.unread()) {
    if (isPlain(place)) continue
    const name = place.split(' ')[0]?.replace(/^devices\//, '') ?? ''
    told.push(
      reasonsOfParts[name.split('/').slice(0, 2).join('/')] ?? `Has no place in QEMU’s command: ${place}`,
    )
  }
  return told
}

/** Places that only say where or how libvirt keeps things. */
function isPlain(place: string): boolean {
  return (
    /\/(address|alias)(\/|$)/.test(place) ||
    place.startsWith('vcpu/@placement') ||
    place.startsWith('vcpus') ||
    (/^os\/(loader|nvram)/.test(place) && /@(stateless)/.test(place))
  )
}
