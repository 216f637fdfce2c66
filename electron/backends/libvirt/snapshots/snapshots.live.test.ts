/** Snapshots of a running guest on a lab host, reached by ssh. */
import { GuestData } from '../../../../e2e/lab/guest-data'
import { startLab } from '../../../../e2e/lab/lab'
import type { VmId } from '../../../../shared/model/ids'
import { describeSnapshots } from '../../suite/snapshots.suite'
import { Reacher } from '../testing/reacher'

const name = 'snapshots-live'
const folder = '/var/lib/libvirt/images'

describeSnapshots('on a host with libvirt', async () => {
  const lab = await startLab({ hosts: ['labA'] })
  const host = lab.host('labA')
  const reacher = new Reacher(lab, host)
  const uri = `qemu+ssh://${host.user}@127.0.0.1:${await reacher.portTo(22)}/system?known_hosts=/dev/null`
  const { session } = await reacher.connect(uri, { keyFile: host.keyFile })
  await host.startGuest({ name, disk: true, graphics: 'none' })
  const idOf = async (vm: string): Promise<VmId> => (await host.virsh(['domuuid', vm])).trim() as VmId
  const others: string[] = []
  return {
    session,
    vm: await idOf(name),
    name,
    folder,
    guest: GuestData.byAgent(host, name),
    hasAgent: true,
    exec: (argv) => host.exec([...argv]),
    async define(own, devices, os) {
      await host.defineTiny(own, devices, os)
      others.push(own)
      return idOf(own)
    },
    async tearDown() {
      for (const own of others) await host.virsh(['undefine', own, '--nvram']).catch(() => '')
      await host.virsh(['destroy', name]).catch(() => '')
      await host.virsh(['undefine', name, '--snapshots-metadata']).catch(() => '')
      await host.exec(['sh', '-c', `rm -f ${folder}/${name}*`])
      await reacher.stop()
      await lab.stop()
    },
  }
})
