/** libvirt's test driver behind the behaviour suite. */
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { LibvirtSession } from '../../../libvirt-rpc/index'
import { describeBackend } from '../../backend.suite'
import { suiteLab, vncXml } from './suite-host'
import { Virsh } from './virsh'

/** `start` answers with the daemon's socket. */
export function describeTestDriver(
  start: () => Promise<{ socketPath: string; stop(): Promise<void> }>,
): void {
  describeBackend('libvirt test driver', {
    features: {
      canSave: true,
      canPause: true,
      canStartPaused: false,
      canReset: true,
      canAskAgent: false,
      canRename: true,
      canAutostart: true,
      canDelete: true,
      hasGraphicalConsole: false,
      updates: 'events',
    },
    guestsAnswerAcpi: true,
    growingCounters: ['cpuTimeNs'],
    tellsGuestCapabilities: false,
    hasSimpleNetworks: true,
    storage: { pool: 'default-pool', lacks: ['resize', 'wipe'] },
    poolsStartAnyway: true,
    runsNoCommands: true,
    hasShell: true,
    savesToFiles: 'as-it-was-only',
    timeouts: { eventMs: 2000, shutdownMs: 5000, saveMs: 5000, prepareMs: 60_000 },
    async setUp() {
      const { socketPath, stop } = await start()
      const uri = `test+unix:///default?socket=${socketPath}`
      // all connections to /default share its VMs, for as long as one is open
      const keeper = await LibvirtSession.open({
        dial: () => openSocket(socketPath),
        name: 'test:///default',
        readOnly: false,
      })
      const virsh = new Virsh(uri)
      return suiteLab({
        uri,
        virsh,
        fileExists: (path) => virsh.has('vol-key', path),
        pool: { name: 'default-pool', path: '/default-pool' },
        memoryMiB: 256,
        undefineOptions: ['--managed-save', '--snapshots-metadata'],
        xml: (role) => ({
          type: 'test',
          os: "<os><type arch='i686'>hvm</type></os>",
          devices: role === 'headless' ? '' : vncXml(''),
          displays: role === 'headless' ? [] : ['vnc'],
        }),
        async tearDown() {
          await keeper.close()
          await stop()
        },
      })
    },
  })
}

async function openSocket(path: string): Promise<Socket> {
  const socket = connect(path)
  await once(socket, 'connect')
  return socket
}
