/** Jobs on disks on a computer with nothing but QEMU. */
import { mkdir } from 'node:fs/promises'
import { WritingGuest } from '../../../../e2e/lab/writing-guest'
import { tinyDisk } from '../../../../e2e/lab/tiny-vm'
import type { VmId } from '../../../../shared/model/ids'
import { describeDiskJobs } from '../../../disk-jobs/disk-jobs.suite'
import { openLocalLink } from '../../../link/local'
import { QmpClient } from '../../../qmp/index'
import { calm } from '../../suite/expect-kind'
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
    const pool = async (own: string): Promise<{ name: string; folder: string }> => {
      const folder = `${store.root}/${own}`
      await mkdir(folder, { recursive: true })
      await session.storage.createPool(
        {
          values: { name: own, type: 'dir', path: folder },
          build: 'no',
          start: true,
          autostart: true,
        },
        calm(),
      )
      return { name: own, folder }
    }
    return {
      session,
      name,
      first: await pool('one'),
      second: await pool('two'),
      exec: runHere,
      async startGuest(image) {
        await store.define(name, store.guestXml(name, vm, tinyDisk(image, 'vda')))
        await session.power(vm, 'start', calm())
        await store.booted(name)
        const guest = new WritingGuest(name, (script) => shell.see(script))
        await guest.fill()
        return { vm, guest }
      },
      async smallPool(sizeBytes) {
        const folder = `${store.root}/small`
        await mkdir(folder)
        await runHere(['mount', '-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'small', folder])
        return {
          ...(await pool('small')),
          async remove() {
            await runHere(['umount', folder])
          },
        }
      },
      async copyByOthers(file) {
        await runHere(['qemu-img', 'create', '-q', '-f', 'qcow2', file, '64M'])
        const link = openLocalLink()
        const monitor = await QmpClient.open(await link.openUnix(`${store.root}/run/${vm}/qmp-2`))
        const named = { driver: 'qcow2', 'node-name': 'theirs', file: { driver: 'file', filename: file } }
        await monitor.execute('blockdev-add', named)
        const nodes = (await monitor.execute('query-block')) as { inserted?: { 'node-name': string } }[]
        const device = nodes.flatMap(({ inserted }) => inserted?.['node-name'] ?? [])[0] ?? ''
        const job = { 'job-id': 'by-others', device, target: 'theirs', sync: 'full' }
        await monitor.execute('blockdev-mirror', job)
        monitor.close()
        await link.close()
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
