/**
 * What KVM counts for its guests, from where kvm_stat reads it: the kernel's debugfs has a folder for each
 * (Documentation/virt/kvm/api.rst and virt/kvm/kvm_main.c, kvm_create_vm_debugfs).
 */
import { AppError } from '../../../../shared/errors'
import type { KvmReading } from '../../../../shared/model/monitor/kvm'
import { toolPath } from '../../host/services'
import type { HostCommands } from '../../images/host-commands'
import { KvmGuests } from './kvm-guests'
import { kvmFolder, parseKvmCounters } from './kvm-counters'
import { isShut, whyNoCounters } from './why-no-counters'

const maxBytes = 16 * 1024 * 1024

/**
 * One command for all of them, by programs that every Linux has, with the host's own clock in the same answer. The
 * totals beside the folders are left out, as the kernel would add up all guests for each; and so is mmu_rmaps_stat, for
 * which it stops a guest's memory management and walks all of it.
 */
const readAll = [
  'find',
  '/proc/uptime',
  kvmFolder,
  '-maxdepth',
  '2',
  '-type',
  'f',
  '(',
  '-path',
  '/proc/uptime',
  '-o',
  '-path',
  `${kvmFolder}/*/*`,
  ')',
  '!',
  '-name',
  'mmu_rmaps_stat',
  '-exec',
  'grep',
  '-H',
  '',
  '{}',
  '+',
]

export class KvmCounters {
  readonly #commands: HostCommands
  readonly #guests: KvmGuests

  constructor(commands: HostCommands) {
    this.#commands = commands
    this.#guests = new KvmGuests(commands)
  }

  async read(): Promise<KvmReading> {
    const { stdout, stderr, code } = await this.#commands.run([toolPath, ...readAll], { maxBytes })
    if (code === 127)
      throw new AppError('unsupported', 'The host has no "find" to read KVM\'s counters with', {
        cure: 'Install findutils there.',
      })
    // a guest that ends meanwhile is told there as well, and hides nothing of the others
    if (isShut(stderr) || (stderr.includes(kvmFolder) && !stdout.includes(`${kvmFolder}/`))) {
      const why = await whyNoCounters(this.#commands, stderr)
      if (why) throw why
    }
    const { uptimeMs, events, guests } = parseKvmCounters(stdout)
    const owners = await this.#guests.owners(guests.map(({ pid }) => pid))
    return { uptimeMs, events, guests: guests.map((guest) => ({ ...guest, ...owners.get(guest.pid) })) }
  }
}
