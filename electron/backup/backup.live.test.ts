/** Backups on a lab host with libvirt, reached by ssh. */
import { makeFolderPool } from '../../e2e/lab/folder-pool'
import { startLab } from '../../e2e/lab/lab'
import { makeSmallPool } from '../../e2e/lab/small-pool'
import { WritingGuest } from '../../e2e/lab/writing-guest'
import { vmId } from '../../shared/model/ids'
import { Reacher } from '../backends/libvirt/testing/reacher'
import { describeBackups } from './backup.suite'

const name = 'backed-up'

describeBackups(
  'on a host with libvirt',
  async () => {
    const lab = await startLab({ hosts: ['labA'] })
    const host = lab.host('labA')
    const reacher = new Reacher(lab, host)
    const uri = `qemu+ssh://${host.user}@127.0.0.1:${await reacher.portTo(22)}/system?known_hosts=/dev/null`
    const { session } = await reacher.connect(uri, { keyFile: host.keyFile })
    const disks = await makeFolderPool(host, 'backup-disks')
    const safe = await makeFolderPool(host, 'backup-safe')
    const started = new Set([name])
    return {
      session,
      name,
      host,
      disks,
      safe,
      hasAgent: true,
      async startGuest(image) {
        const guest = await WritingGuest.start(host, name, image)
        return { vm: vmId.parse((await host.virsh(['domuuid', name])).trim()), guest }
      },
      guestOf: async (own) => WritingGuest.byAgent(host, own),
      qmp: async (command) =>
        JSON.parse(await host.virsh(['qemu-monitor-command', name, JSON.stringify(command)])),
      smallPool: async (sizeBytes) => ({
        ...(await makeSmallPool(host, 'backup-small', sizeBytes)),
        name: 'backup-small',
      }),
      async start(own) {
        started.add(own)
        await host.virsh(['start', own])
      },
      booted: () => host.waitReady(name),
      async tearDown() {
        for (const one of [...started, 'restored', 'restored-3']) {
          await host.virsh(['destroy', one]).catch(() => undefined)
          await host.virsh(['undefine', one, '--checkpoints-metadata']).catch(() => undefined)
        }
        for (const pool of [disks, safe]) await pool.remove()
        await reacher.stop()
        await lab.stop()
      },
    }
  },
  { hasCommands: true },
)
