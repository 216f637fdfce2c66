import { describeBackend } from '../../backend.suite'
import { SuiteStore, type Reach } from './suite-store'

/** QEMU without libvirt behind the behaviour suite, with real guests, reached in any way. */
export function describeQemuDirect(name: string, reach?: () => Promise<Reach>): void {
  let store: SuiteStore | undefined
  describeBackend(name, {
    features: {
      canSave: true,
      canPause: true,
      canStartPaused: true,
      canReset: true,
      canAskAgent: true,
      canRename: true,
      canAutostart: false,
      canDelete: true,
      hasGraphicalConsole: true,
      tellsCommand: true,
      updates: 'events',
    },
    guestsAnswerAcpi: true,
    hasMonitor: true,
    hasShell: true,
    savesToFiles: 'with-options',
    hasNoNetworks: true,
    growingCounters: ['cpuTimeNs'],
    tellsGuestCapabilities: true,
    storage: { pool: 'default', lacks: [], folder: () => store?.images ?? '' },
    textGuest: {
      async signIn(reader) {
        reader.type('\r')
        await reader.until(/# /)
      },
      echoed: (text, sum) => new RegExp(`\\n${text}-${sum}\\r`),
    },
    // generous: emulated guests share two cores with everything else
    timeouts: { eventMs: 15_000, shutdownMs: 60_000, saveMs: 60_000, prepareMs: 120_000 },
    async setUp() {
      store = await SuiteStore.make(await reach?.())
      return store.lab()
    },
  })
}
