/** What would be lost if a VM wrote to its disks: layers on them, by the VMs that have them. */
import type { VmId } from '../../shared/model/ids'
import type { HypervisorSession } from '../backends/backend'
import { EditDocument } from '../domain-xml/edit/tree'
import { sourceDisks } from './source-disks'

export async function builtOn(session: HypervisorSession, vm: VmId): Promise<readonly string[]> {
  const [xml, usage] = await Promise.all([session.creation.source(vm), session.storage.usage()])
  const images = sourceDisks(EditDocument.parse(xml).root).flatMap(({ place }) => {
    if (place.kind === 'file' || place.kind === 'block') return [place.path]
    return place.kind === 'volume' ? [`${place.pool}/${place.volume}`] : []
  })
  const layers = images.flatMap((image) =>
    (usage.users[image] ?? []).filter((user) => user.kind === 'backing' && user.vm !== vm),
  )
  const loose = images.flatMap((image) => usage.users[image] ?? []).filter(({ kind }) => kind === 'image')
  const used = new Set(layers.map(({ name }) => name))
  // a layer that is a VM's disk is told by the VM's name
  for (const { name } of loose) {
    const users = usage.users[name] ?? []
    if (!users.some((user) => user.vm !== undefined)) used.add(name)
  }
  return [...used].sort()
}
