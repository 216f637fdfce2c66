/** Snapshots of a running guest on a computer with nothing but QEMU. */
import { GuestData } from '../../../../e2e/lab/guest-data'
import { tinyDisk, tinyVmXml } from '../../../../e2e/lab/tiny-vm'
import { randomUUID } from 'node:crypto'
import type { VmId } from '../../../../shared/model/ids'
import { describeSnapshots } from '../../suite/snapshots.suite'
import { runHere, SuiteStore } from '../testing/suite-store'
import { SerialShell } from '../testing/serial-shell'

const name = 'snapshots-live'
const vm = '5717e000-0000-4000-8000-00000005a901' as VmId

describeSnapshots('without libvirt', async () => {
  const store = await SuiteStore.make()
  const folder = store.images
  const image = `${folder}/${name}.qcow2`
  await runHere(['qemu-img', 'create', '-q', '-f', 'qcow2', image, '64M'])
  const session = await store.open()
  await store.startWithAgent(session, { name, id: vm }, tinyDisk(image, 'vda'))
  const shell = new SerialShell(session, vm)
  return {
    session,
    vm,
    name,
    folder,
    guest: new GuestData((script) => shell.see(script)),
    hasAgent: true,
    exec: runHere,
    async define(own, devices, os) {
      const uuid = randomUUID()
      await store.define(own, tinyVmXml({ name: own, uuid, devices, ...(os === undefined ? {} : { os }) }))
      return uuid as VmId
    },
    async tearDown() {
      shell.close()
      await session.close()
      await store.tearDown()
    },
  }
})
