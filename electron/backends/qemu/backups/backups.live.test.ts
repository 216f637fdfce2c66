/** Backups on a computer with nothing but QEMU. */
import { WritingGuest } from '../../../../e2e/lab/writing-guest'
import { tinyDisk } from '../../../../e2e/lab/tiny-vm'
import type { VmId } from '../../../../shared/model/ids'
import { describeBackups } from '../../../backup/backup.suite'
import { calm } from '../../suite/expect-kind'
import { onMonitor } from '../testing/on-monitor'
import { folderPool, smallPool } from '../testing/suite-pools'
import { runHere, SuiteStore } from '../testing/suite-store'
import { SerialShell } from '../testing/serial-shell'

const name = 'backed-up'
const vm = '5717e000-0000-4000-8000-00000005a903' as VmId

describeBackups(
  'without libvirt',
  async () => {
    const store = await SuiteStore.make()
    const session = await store.open()
    const shells: SerialShell[] = []
    const guestOf = (own: string, id: VmId): WritingGuest => {
      const shell = new SerialShell(session, id)
      shells.push(shell)
      return new WritingGuest(own, (script) => shell.see(script))
    }
    const idOf = async (own: string): Promise<VmId> =>
      (await session.listVms()).find((one) => one.name === own)?.id ?? vm
    return {
      session,
      name,
      host: { exec: runHere },
      disks: await folderPool(session, store.root, 'disks'),
      safe: await folderPool(session, store.root, 'safe'),
      hasAgent: true,
      async startGuest(image) {
        await store.startWithAgent(session, { name, id: vm }, tinyDisk(image, 'vda'))
        const guest = guestOf(name, vm)
        await guest.fill()
        return { vm, guest }
      },
      guestOf: async (own) => guestOf(own, await idOf(own)),
      qmp: async ({ execute, arguments: words }) =>
        onMonitor(store.root, vm, async (monitor) => ({
          return: await monitor.execute(execute, { ...words }),
        })),
      smallPool: (sizeBytes) => smallPool(session, store.root, sizeBytes),
      async start(own) {
        try {
          await session.power(await idOf(own), 'start', calm())
        } catch (error) {
          const { message, detail } = error as { message: string; detail?: string }
          throw new Error(`${message}: ${detail}`, { cause: error })
        }
      },
      booted: () => store.booted(name),
      async tearDown() {
        for (const shell of shells) shell.close()
        await session.close()
        await store.tearDown()
      },
    }
  },
  { hasCommands: false },
)
