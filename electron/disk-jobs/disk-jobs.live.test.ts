/** Jobs on disks on a lab host with libvirt, reached by ssh. */
import { makeFolderPool } from '../../e2e/lab/folder-pool'
import { startLab } from '../../e2e/lab/lab'
import { makeSmallPool } from '../../e2e/lab/small-pool'
import { WritingGuest } from '../../e2e/lab/writing-guest'
import { vmId } from '../../shared/model/ids'
import { Reacher } from '../backends/libvirt/testing/reacher'
import { describeDiskJobs } from './disk-jobs.suite'

const name = 'disk-jobs'

describeDiskJobs(
  'on a host with libvirt',
  async () => {
    const lab = await startLab({ hosts: ['labA'] })
    const host = lab.host('labA')
    const reacher = new Reacher(lab, host)
    const uri = `qemu+ssh://${host.user}@127.0.0.1:${await reacher.portTo(22)}/system?known_hosts=/dev/null`
    const { session } = await reacher.connect(uri, { keyFile: host.keyFile })
    const [first, second] = [
      await makeFolderPool(host, 'disk-jobs-one'),
      await makeFolderPool(host, 'disk-jobs-two'),
    ]
    return {
      session,
      name,
      first,
      second,
      exec: (argv, options) => host.exec([...argv], options),
      async startGuest(image) {
        const guest = await WritingGuest.start(host, name, image)
        return { vm: vmId.parse((await host.virsh(['domuuid', name])).trim()), guest }
      },
      smallPool: async (sizeBytes) => ({
        ...(await makeSmallPool(host, 'disk-jobs-small', sizeBytes)),
        name: 'disk-jobs-small',
      }),
      async copyByOthers(file) {
        await host.virsh(['blockcopy', name, 'vda', file, '--transient-job', '--format', 'qcow2'])
      },
      booted: () => host.waitReady(name),
      async tearDown() {
        await host.removeGuest(name)
        for (const pool of [first, second]) await pool.remove()
        await reacher.stop()
        await lab.stop()
      },
    }
  },
  { hasCommands: true },
)
