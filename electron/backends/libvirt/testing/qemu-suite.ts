/** QEMU with real guests behind the behaviour suite, reached by any URI. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SshEngine } from '../../../../shared/model/host'
import type { BackendLab, BackendUnderTest, PreparedVm } from '../../backend.suite'
import { describeBackend } from '../../backend.suite'
import { suiteLab, vncXml } from './suite-host'
import { Virsh } from './virsh'

export interface QemuUnderTest {
  /** How Innkeeper reaches it. */
  readonly uri: string
  readonly keyFile?: string
  readonly sshEngine?: SshEngine
  /** How virsh reaches it. */
  readonly virshUri: string
  readonly poolPath: string
  /** A guest that hears the power button; without it guests stay in the firmware. */
  readonly guest?: { readonly os: string; readonly devices: string; booted(vm: PreparedVm): Promise<void> }
  fileExists(path: string): Promise<boolean>
  /**
   * VNC by TCP on loopback is reached only through a link that ends in the host's network; on all addresses also from
   * outside.
   */
  readonly vnc: 'tcp' | 'tcp-everywhere' | 'socket'
  stop(): Promise<void>
}

export function describeQemu(
  name: string,
  options: {
    guestsAnswerAcpi: boolean
    hasDisplaysOnNetwork?: true
    runsNoCommands?: true
    hasNoShell?: true
    start(): Promise<QemuUnderTest>
  },
): void {
  describeBackend(name, {
    features: {
      canSave: true,
      canPause: true,
      canStartPaused: true,
      canReset: true,
      canAskAgent: true,
      canRename: true,
      canAutostart: true,
      canDelete: true,
      hasGraphicalConsole: true,
      updates: 'events',
    },
    guestsAnswerAcpi: options.guestsAnswerAcpi,
    ...(options.hasDisplaysOnNetwork ? { hasDisplaysOnNetwork: true } : {}),
    ...(options.guestsAnswerAcpi ? { textGuest: labShell } : {}),
    hasMonitor: true,
    ...(options.hasNoShell ? {} : { hasShell: true }),
    growingCounters: ['cpuTimeNs'],
    ...(options.runsNoCommands ? { runsNoCommands: true } : {}),
    tellsGuestCapabilities: true,
    storage: { pool: 'default', lacks: [] },
    // generous: emulated guests share two cores with everything else
    timeouts: { eventMs: 10_000, shutdownMs: 60_000, saveMs: 60_000, prepareMs: 120_000 },
    setUp: async () => qemuLab(await options.start()),
  })
}

/** The lab's guest has a shell on its serial line. */
const labShell: NonNullable<BackendUnderTest['textGuest']> = {
  async signIn(reader) {
    reader.type('\r')
    await reader.until(/# /)
  },
  echoed: (text, sum) => new RegExp(`\\n${text}-${sum}\\r`),
}

/** The VMs of the suite on such a host; also for tests beyond it. */
export async function qemuLab(host: QemuUnderTest): Promise<BackendLab> {
  const { guest } = host
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-vnc-'))
  const listen = (role: string): string =>
    host.vnc !== 'socket'
      ? `<listen type='address' address='${host.vnc === 'tcp' ? '127.0.0.1' : '0.0.0.0'}'/>`
      : `<listen type='socket' socket='${folder}/${role}.sock'/>`
  return suiteLab({
    uri: host.uri,
    ...(host.keyFile === undefined ? {} : { keyFile: host.keyFile }),
    ...(host.sshEngine === undefined ? {} : { sshEngine: host.sshEngine }),
    virsh: new Virsh(host.virshUri),
    pool: { name: 'default', path: host.poolPath },
    memoryMiB: 160,
    undefineOptions: ['--managed-save', '--snapshots-metadata', '--nvram'],
    xml(role) {
      const isGuest = guest !== undefined && role === 'running'
      const display = role === 'running' || role === 'stopped' ? vncXml(listen(role)) : ''
      return {
        type: 'qemu',
        os: `<os><type arch='x86_64' machine='q35'>hvm</type>${isGuest ? guest.os : ''}</os>
          <features><acpi/><apic/></features>
          <cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model></cpu>`,
        devices: `${isGuest ? guest.devices : ''}${display}<memballoon model='virtio'/>`,
        displays: display === '' ? [] : ['vnc'],
      }
    },
    ...(guest ? { booted: (vm: PreparedVm) => guest.booted(vm) } : {}),
    fileExists: (path) => host.fileExists(path),
    async tearDown() {
      await rm(folder, { recursive: true })
      await host.stop()
    },
  })
}
