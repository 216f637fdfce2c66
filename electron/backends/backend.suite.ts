import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import type { HostFeatures } from '../../shared/model/host'
import type { VmId } from '../../shared/model/ids'
import type { VmCounters } from '../../shared/model/stats'
import type { HypervisorSession } from './backend'
import { describeCommand } from './suite/command.suite'
import { describeConfiguration } from './suite/configuration.suite'
import { describeConsole } from './suite/console.suite'
import { describeCreation } from './suite/creation.suite'
import { describeElsewhere } from './suite/elsewhere.suite'
import { describeHardware } from './suite/hardware.suite'
import { describeHost } from './suite/host.suite'
import { describeLifecycle } from './suite/lifecycle.suite'
import { describeImages } from './suite/images.suite'
import { describeLayers } from './suite/layers.suite'
import { describePools } from './suite/pools.suite'
import { describeNetworks } from './suite/networks.suite'
import { describePower } from './suite/power.suite'
import { describeQemuMonitor } from './suite/qemu-monitor.suite'
import { describeRemoval } from './suite/removal.suite'
import { describeSaves } from './suite/saves.suite'
import { describeSecrets } from './suite/secrets.suite'
import { describeTextConsoles, type Reader } from './suite/text-consoles.suite'
import { describeShell } from './suite/shell.suite'
import { SessionWatch } from './suite/session-watch'
import { describeVolumes } from './suite/volumes.suite'

/**
 * The one behaviour suite every backend passes, so that the fake cannot drift from real hosts and no backend behaves
 * in its own way. A runner (`*.test.ts`) describes its host once and calls `describeBackend`:
 *
 *     describeBackend('libvirt test driver', {
 *       features: {…}, guestsAnswerAcpi: true, growingCounters: [],
 *       tellsGuestCapabilities: true, storage: {…}, timeouts: {…},
 *       setUp: async () => ({ connect, prepare, behindOurBack, tearDown }),
 *     })
 *
 * Nothing is skipped: what a host cannot do is declared in `features`, the session must say the same, and calling it
 * must end with kind `unsupported`. Waiting is by event with a deadline; there are no sleeps.
 */
export function describeBackend(name: string, host: BackendUnderTest): void {
  describe(name, () => {
    let lab: BackendLab | undefined
    const opened: HypervisorSession[] = []

    beforeAll(async () => {
      lab = await host.setUp()
    }, host.timeouts.prepareMs)

    // every test has sessions of its own, so that one broken test does not fail the next
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((session) => session.close()))
    }, host.timeouts.prepareMs)

    afterAll(async () => {
      await lab?.tearDown()
    }, host.timeouts.prepareMs)

    const suite: Suite = {
      host,
      testMs:
        host.timeouts.prepareMs + host.timeouts.shutdownMs + host.timeouts.saveMs + 5 * host.timeouts.eventMs,
      lab: () => {
        if (!lab) throw new Error('The host was not set up')
        return lab
      },
      async open() {
        const session = await suite.lab().connect()
        opened.push(session)
        const watch = new SessionWatch(session, host.timeouts.eventMs)
        return { session, watch }
      },
    }

    describeLifecycle(suite)
    describePower(suite)
    if (host.savesToFiles) describeSaves(suite)
    describeConfiguration(suite)
    describeHardware(suite)
    describeCommand(suite)
    describeCreation(suite)
    describeRemoval(suite)
    describeLayers(suite)
    describeVolumes(suite)
    describeConsole(suite)
    describeTextConsoles(suite)
    describeQemuMonitor(suite)
    describeShell(suite)
    describeHost(suite)
    describeImages(suite)
    describePools(suite)
    describeNetworks(suite)
    describeSecrets(suite)
    describeElsewhere(suite)
  })
}

/** What is known of the host before it is set up; decides which behaviours are asserted. */
export interface BackendUnderTest {
  /** Must equal `session.features`; for each thing it lacks the suite asserts the `unsupported` error. */
  readonly features: HostFeatures
  /** Whether the guest of role `running` obeys the power button once `booted`; otherwise only the asking is tested. */
  readonly guestsAnswerAcpi: boolean
  /** Counters that must be present and grow for the running VM; empty for drivers that tell none. */
  readonly growingCounters: readonly Exclude<keyof VmCounters, 'id'>[]
  /** Displays listen on the network, as no link leads into the host; otherwise inside the host only. */
  readonly hasDisplaysOnNetwork?: true
  /** Whether it tells what a kind of guest can have; otherwise the refusal is asserted. */
  readonly tellsGuestCapabilities: boolean
  /** Its networks are there in name only: nobody leases addresses, and no restart takes what is stored. */
  readonly hasSimpleNetworks?: true
  /** It has no networks of its own: that refusal is asserted. */
  readonly hasNoNetworks?: true
  /** Its devices are not told: that refusal is asserted. */
  readonly hasNoNodeDevices?: true
  /** An active pool of files, and what the host cannot do with its volumes. */
  readonly storage: {
    readonly pool: string
    readonly lacks: readonly ('resize' | 'wipe')[]
    /** Where folders for other pools can be made; /var/lib/libvirt/images unless told. Asked once the host is set up. */
    folder?(): string
  }
  /** Commands cannot be run on it, so its images and folders cannot be looked at: that refusal is asserted. */
  readonly runsNoCommands?: true
  /** Its pools start whatever they are made of, as there is nothing behind them. */
  readonly poolsStartAnyway?: true
  /** Saving to files is asserted here, and not in tests of its own. */
  readonly savesToFiles?: 'with-options' | 'as-it-was-only'
  /** A shell can be opened by its link; otherwise that refusal is asserted. */
  readonly hasShell?: true
  /** The emulator can be talked to; otherwise that refusal is asserted. */
  readonly hasMonitor?: true
  /** How to come to a shell on the first serial line of role `running`; absent where the guest has none. */
  readonly textGuest?: {
    signIn(reader: Reader): Promise<void>
    /** The answer to an echo of both, told from what was typed. */
    echoed(text: string, sum: string): RegExp
  }
  readonly timeouts: {
    /** How long a change may take to arrive as an event. */
    readonly eventMs: number
    readonly shutdownMs: number
    readonly saveMs: number
    /** Longest set-up, tear-down or `prepare`. */
    readonly prepareMs: number
  }
  setUp(): Promise<BackendLab>
}

export interface BackendLab {
  /** A new session each time; the suite closes it. */
  connect(): Promise<HypervisorSession>
  /**
   * Hands over a VM in this role, whatever earlier tests did to it (renamed, deleted, saved, running, autostarted):
   * define it anew or put it back. Called while no session of the suite acts. Its uuid may change between calls.
   */
  prepare(role: VmRole): Promise<PreparedVm>
  /** Another client of the same host, such as virsh. Each ends when the host has done it. */
  readonly behindOurBack: OtherClient
  /** Ends when the guest of role `running` can hear the power button. Absent: it always can. */
  booted?(vm: PreparedVm): Promise<void>
  /**
   * Two VMs that are off, anew each time: a disk of `one` is c, built on b, on a, on base; a disk of `other` is d in
   * another pool, built on b. `one` also has the disk `kept`, which `other` needs for its snapshot "before" alone.
   */
  prepareLayers?(): Promise<LayeredVms>
  /** Whether a file named in a `PreparedVm` is still on the host. Needed when `removableFiles` is not empty. */
  fileExists?(path: string): Promise<boolean>
  /** A folder of the host, with nothing in it that a test would meet. Needed where it saves to files. */
  readonly saveFolder?: string
  /** Removes everything, also VMs whose names begin with "suite-". */
  tearDown(): Promise<void>
}

export interface OtherClient {
  /** Defines a small persistent VM that can be started. */
  define(name: string): Promise<VmId>
  start(name: string): Promise<void>
  /** By force. */
  stop(name: string): Promise<void>
  undefine(name: string): Promise<void>
}

/**
 * - `stopped`: persistent, shut off, no saved state, no autostart
 * - `running`: persistent, running, no saved state, no autostart; with a VNC display where the host has consoles
 * - `transient`: running without stored definition
 * - `headless`: persistent, running, no graphical display
 * - `deletable`: persistent, shut off, with the files that `PreparedVm` names
 */
export type VmRole = 'stopped' | 'running' | 'transient' | 'headless' | 'deletable'

export interface LayeredVms extends Readonly<Record<'base' | 'a' | 'b' | 'c' | 'd' | 'kept', string>> {
  readonly one: VmId
  readonly other: VmId
  readonly otherName: string
}

/** What the suite compares against what the session says. */
export interface PreparedVm {
  readonly id: VmId
  readonly name: string
  readonly vcpuCount: number
  readonly maxMemoryBytes: number
  readonly diskTargets: readonly string[]
  readonly macs: readonly string[]
  /** Types of the displays ("vnc", "spice"), in the order of the definition. */
  readonly displayTypes: readonly string[]
  /** Texts in the stored definition that must never be shown, such as a VNC password. */
  readonly secrets: readonly string[]
  /** Own writable disks: suggested for deletion, and gone after it. Empty where the host cannot delete files. */
  readonly removableFiles: readonly string[]
  /** Never suggested: used by another VM, installation media, shareable or read-only disks. */
  readonly keptFiles: readonly string[]
}

/** What the parts of the suite share. */
export interface Suite {
  readonly host: BackendUnderTest
  readonly testMs: number
  lab(): BackendLab
  /** A fresh session and a watch that was subscribed before anything else happened. */
  open(): Promise<{ session: HypervisorSession; watch: SessionWatch }>
}
