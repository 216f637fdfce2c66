/** How well a host keeps its guests apart: what is known of it, and what that means. */

export type Known = 'on' | 'off' | 'unknown'

/** Facts a host tells about its protections; what cannot be learned stays unknown and is never guessed. */
export interface HostHardening {
  /** Drivers that confine guests: "selinux", "apparmor", "flask", "dac"; empty when the daemon names none. */
  readonly securityModels: readonly string[]
  /** Kernel same-page merging: equal memory of different guests is stored once. */
  readonly ksm: Known
  /** Two threads per core share its caches and units. */
  readonly smt: Known
  readonly nested: Known
  /** QEMU's system call filter. */
  readonly seccomp: Known
  /** Processor features that keep the kernel from running or reading user memory by mistake. */
  readonly smep: Known
  readonly smap: Known
  /** Second-level address translation (EPT, NPT), Xen's HAP. */
  readonly hap: Known
  /** Processor flaws the kernel says it is still open to. */
  readonly openFlaws?: readonly string[]
  /** Why files of the host could not be looked at. */
  readonly whyUnknown?: string
}

export interface GuestHardening {
  readonly name: string
  readonly isRunning: boolean
  /** "disk hda (ide)", "network card rtl8139": devices for which virtio would be faster and safer. */
  readonly emulated: readonly string[]
  readonly isPinned: boolean
  readonly isUnconfined: boolean
}

export interface Advice {
  readonly id: string
  readonly title: string
  readonly state: 'good' | 'consider' | 'act' | 'unknown'
  readonly finding: string
  readonly meaning: string
  readonly cure?: string
  /** VMs it is about. */
  readonly vms?: readonly string[]
}

interface Extra {
  readonly hypervisor: string
  /** Of the host's usual machine type; absent while that is not known. */
  readonly secureBoot?: 'yes' | 'no' | 'unknown'
  /** Names of memory encryption features guests can use; absent while that is not known. */
  readonly memoryEncryption?: readonly string[]
  /** Absent while definitions were not read. */
  readonly guests?: readonly GuestHardening[]
}

/** Worst first. */
export function adviseOn(host: HostHardening, extra: Extra): Advice[] {
  const advice = [
    confinement(host, extra),
    ...(extra.hypervisor === 'QEMU' ? [seccomp(host)] : []),
    flaws(host),
    sharedMemory(host),
    threads(host),
    nesting(host),
    processorGuards(host),
    secureBoot(extra),
    encryption(extra),
    paravirtual(extra),
    pinning(extra),
  ]
  const order = { act: 0, consider: 1, unknown: 2, good: 3 }
  return advice.sort((a, b) => order[a.state] - order[b.state])
}

const unread = (host: HostHardening): string =>
  host.whyUnknown ?? 'The host does not say, and its files could not be looked at.'

function confinement({ securityModels }: HostHardening, { guests }: Extra): Advice {
  const strong = securityModels.filter((model) => ['selinux', 'apparmor', 'flask'].includes(model))
  const base = {
    id: 'confinement',
    title: 'Guests are confined (sVirt, FLASK)',
    meaning:
      'A mandatory access control label around each guest keeps an attacker who breaks out of it away from the files of the host and of other guests.',
  }
  const loose = guests?.filter((guest) => guest.isUnconfined).map((guest) => guest.name) ?? []
  if (strong.length > 0 && loose.length > 0) {
    return {
      ...base,
      state: 'act',
      finding: `${strong.join(' and ')} is in use, but ${count(loose.length, 'VM')} opted out of it.`,
      cure: 'Remove <seclabel type="none"/> from their definitions and restart them.',
      vms: loose,
    }
  }
  if (strong.length > 0) return { ...base, state: 'good', finding: `${strong.join(' and ')} is in use.` }
  if (securityModels.length === 0)
    return { ...base, state: 'unknown', finding: 'The host names no security driver.' }
  return {
    ...base,
    state: 'act',
    finding: `Only file ownership (${securityModels.join(', ')}) keeps guests apart.`,
    cure: 'Enable SELinux or AppArmor on the host, then restart libvirt and the VMs.',
  }
}

function seccomp(host: HostHardening): Advice {
  return threeWay(host, host.seccomp, {
    id: 'seccomp',
    title: 'System call filter of QEMU (seccomp)',
    meaning: 'QEMU gives up system calls it never needs, which leaves an attacker inside it fewer ways out.',
    on: { state: 'good', finding: 'It is on.' },
    off: {
      state: 'act',
      finding: 'It is turned off.',
      cure: 'Remove seccomp_sandbox = 0 from /etc/libvirt/qemu.conf, restart libvirt, then restart the VMs.',
    },
  })
}

function flaws(host: HostHardening): Advice {
  const base = {
    id: 'flaws',
    title: 'Processor flaws',
    meaning:
      'Flaws such as Meltdown, L1TF or MDS let a guest read memory of the host or of its neighbours unless microcode and kernel work around them.',
  }
  if (!host.openFlaws) return { ...base, state: 'unknown', finding: unread(host) }
  if (host.openFlaws.length === 0) {
    return { ...base, state: 'good', finding: 'The kernel knows of none that is open.' }
  }
  return {
    ...base,
    state: 'act',
    finding: `The kernel says it is open to ${host.openFlaws.join(', ')}.`,
    cure: 'Update the microcode and the kernel of the host, and remove "mitigations=off" from its command line.',
  }
}

function sharedMemory(host: HostHardening): Advice {
  return threeWay(host, host.ksm, {
    id: 'ksm',
    title: 'Memory sharing between guests (KSM)',
    meaning:
      'Equal pages of different guests are kept once. That saves memory, but how long a write takes tells a guest what its neighbours have in memory.',
    on: {
      state: 'consider',
      finding: 'It is on.',
      cure: 'Where guests do not trust each other, turn it off: echo 2 > /sys/kernel/mm/ksm/run, and disable ksm and ksmtuned.',
    },
    off: { state: 'good', finding: 'It is off.' },
  })
}

function threads(host: HostHardening): Advice {
  return threeWay(host, host.smt, {
    id: 'smt',
    title: 'Hyper-threading (SMT)',
    meaning: 'Two guests on the two threads of one core share its caches, through which secrets can leak.',
    on: {
      state: 'consider',
      finding: 'It is on.',
      cure: 'Where guests do not trust each other, turn it off (nosmt on the kernel command line), or use core scheduling or pinning so that a core serves one guest only.',
    },
    off: { state: 'good', finding: 'It is off, or the processor has none.' },
  })
}

function nesting(host: HostHardening): Advice {
  return threeWay(host, host.nested, {
    id: 'nested',
    title: 'Nested virtualization',
    meaning: 'Guests may run hypervisors of their own. It opens more of the kernel to them.',
    on: {
      state: 'consider',
      finding: 'It is on.',
      cure: 'Turn it off when no guest needs it: options kvm_intel nested=0 (kvm_amd on AMD) in /etc/modprobe.d.',
    },
    off: { state: 'good', finding: 'It is off.' },
  })
}

function processorGuards({ smep, smap, hap }: HostHardening): Advice {
  const guards = { SMEP: smep, SMAP: smap, 'HAP (EPT or NPT)': hap }
  const having = (state: Known): string[] =>
    Object.entries(guards).flatMap(([name, is]) => (is === state ? [name] : []))
  const base = {
    id: 'guards',
    title: 'Guards in the processor (SMEP, SMAP, HAP)',
    meaning:
      'SMEP and SMAP stop the kernel from running or reading user memory by mistake. HAP lets the processor itself keep the memory of guests apart, which is faster and simpler than doing it in software.',
  }
  const missing = having('off')
  if (missing.length > 0) {
    return {
      ...base,
      state: 'consider',
      finding: `The host does not show ${missing.join(', ')}.`,
      cure: 'Look for them in the firmware set-up; a host that is itself a VM gets them from its hypervisor.',
    }
  }
  const present = having('on')
  if (present.length === 0) return { ...base, state: 'unknown', finding: 'The host lists no CPU features.' }
  const open = having('unknown')
  return {
    ...base,
    state: 'good',
    finding: `Present: ${present.join(', ')}.${open.length > 0 ? ` Not known: ${open.join(', ')}.` : ''}`,
  }
}

function secureBoot(extra: Extra): Advice {
  const base = {
    id: 'secure-boot',
    title: 'Secure Boot for guests',
    meaning: 'UEFI firmware with Secure Boot starts only signed boot loaders and kernels inside a guest.',
  }
  switch (extra.secureBoot) {
    case 'yes':
      return { ...base, state: 'good', finding: 'The host has firmware for it.' }
    case 'no':
      return {
        ...base,
        state: 'consider',
        finding: 'The host has no firmware for it.',
        cure: 'Install OVMF with Secure Boot on the host (package ovmf, edk2-ovmf or qemu-ovmf-x86_64).',
      }
    default:
      return { ...base, state: 'unknown', finding: 'The hypervisor does not say.' }
  }
}

function encryption({ memoryEncryption }: Extra): Advice {
  const base = {
    id: 'encryption',
    title: 'Encrypted guest memory (SEV, TDX)',
    meaning: 'The processor encrypts the memory of a guest with a key the host cannot read.',
  }
  if (!memoryEncryption) return { ...base, state: 'unknown', finding: 'The hypervisor does not say.' }
  if (memoryEncryption.length > 0) {
    return { ...base, state: 'good', finding: `Guests can use ${memoryEncryption.join(', ')}.` }
  }
  return {
    ...base,
    state: 'consider',
    finding: 'Guests cannot use it here.',
    cure: 'It needs a processor that has it (AMD EPYC with SEV, Intel with TDX), turned on in the firmware set-up.',
  }
}

function paravirtual({ guests }: Extra): Advice {
  const base = {
    id: 'virtio',
    title: 'Paravirtual devices (virtio)',
    meaning:
      'virtio devices are faster than emulated hardware, and their smaller code gives an attacker less to work with.',
  }
  if (!guests) return { ...base, state: 'unknown', finding: 'The definitions have not been read.' }
  const vms = guests.filter((guest) => guest.emulated.length > 0)
  if (vms.length === 0)
    return { ...base, state: 'good', finding: 'No VM has an emulated disk or network card.' }
  return {
    ...base,
    state: 'consider',
    finding: `${count(vms.length, 'VM')} with an emulated disk or network card.`,
    cure: 'Install the virtio drivers inside the guest, then change bus or model to virtio.',
    vms: vms.map((guest) => `${guest.name}: ${guest.emulated.join(', ')}`),
  }
}

function pinning({ guests }: Extra): Advice {
  const base = {
    id: 'pinning',
    title: 'CPUs of their own for guests (pinning)',
    meaning:
      'A VM pinned to cores no other VM uses neither watches its neighbours through caches nor is watched.',
  }
  if (!guests) return { ...base, state: 'unknown', finding: 'The definitions have not been read.' }
  const running = guests.filter((guest) => guest.isRunning)
  const pinned = running.filter((guest) => guest.isPinned).length
  if (running.length === pinned) {
    const finding = pinned === 0 ? 'No VM runs.' : 'Every running VM is pinned.'
    return { ...base, state: 'good', finding }
  }
  return {
    ...base,
    state: 'consider',
    finding: `${pinned} of ${count(running.length, 'running VM')} ${pinned === 1 ? 'is' : 'are'} pinned.`,
    cure: 'Worth it for VMs with secrets beside VMs of strangers: <vcpupin> in the definition.',
  }
}

interface Way extends Pick<Advice, 'id' | 'title' | 'meaning'> {
  readonly on: Pick<Advice, 'state' | 'finding' | 'cure'>
  readonly off: Pick<Advice, 'state' | 'finding' | 'cure'>
}

function threeWay(host: HostHardening, is: Known, { on, off, ...base }: Way): Advice {
  if (is === 'unknown') return { ...base, state: 'unknown', finding: unread(host) }
  return { ...base, ...(is === 'on' ? on : off) }
}

function count(many: number, word: string): string {
  return `${many} ${word}${many === 1 ? '' : 's'}`
}
