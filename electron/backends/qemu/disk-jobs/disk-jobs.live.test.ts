/** Jobs on disks on a computer with nothing but QEMU. */
import { WritingGuest } from '../../../../e2e/lab/writing-guest'
import { tinyDisk } from '../../../../e2e/lab/tiny-vm'
import type { VmId } from '../../../../shared/model/ids'
import { describeDiskJobs } from '../../../disk-jobs/disk-jobs.suite'
import { calm } from '../../suite/expect-kind'
import { onMonitor } from '../testing/on-monitor'
import { folderPool, smallPool } from '../testing/suite-pools'
import { runHere, SuiteStore } from '../testing/suite-store'
import { SerialShell } from '../testing/serial-shell'

const name = 'disk-jobs'
const vm = '5717e000-0000-4000-8000-00000005a902' as VmId

describeDiskJobs(
  'without libvirt',
  async () => {
    const store = await SuiteStore.make()
    const session = await store.open()
    const shell = new SerialShell(session, vm)
    return {
      session,
      name,
      first: await folderPool(session, store.root, 'one'),
      second: await folderPool(session, store.root, 'two'),
      exec: runHere,
      async startGuest(image) {
        await store.define(name, store.guestXml(name, vm, tinyDisk(image, 'vda')))
        await session.power(vm, 'start', calm())
        await store.booted(name)
        const guest = new WritingGuest(name, (script) => shell.see(script))
        await guest.fill()
        return { vm, guest }
      },
      smallPool: (sizeBytes) => smallPool(session, store.root, sizeBytes),
      async copyByOthers(path) {
        await runHere(['qemu-img', 'create', '-q', '-f', 'qcow2', path, '64M'])
        await onMonitor(store.root, vm, async (monitor) => {
          const named = { driver: 'qcow2', 'node-name': 'theirs', file: { driver: 'file', filename: path } }
          await monitor.execute('blockdev-add', named)
          const nodes = (await monitor.execute('query-block')) as { inserted?: { 'node-name': string } }[]
          const device = nodes.flatMap(({ inserted }) => inserted?.['node-name'] ?? [])[0] ?? ''
          const job = { 'job-id': 'by-others', device, target: 'theirs', sync: 'full' }
          await monitor.execute('blockdev-mirror', job)
        })
      },
      booted: () => store.booted(name),
      async tearDown() {
        shell.close()
        await session.close()
        await store.tearDown()
      },
    }
  },
  { hasCommands: false },
)
