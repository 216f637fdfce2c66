/** Two VMs on images that are built on one another, on any host that virsh reaches (see `BackendLab.prepareLayers`). */
import type { VmId } from '../../../../shared/model/ids'
import type { LayeredVms } from '../../backend.suite'
import type { Virsh } from './virsh'

export interface LayersHost {
  readonly virsh: Virsh
  readonly pool: { readonly name: string; readonly path: string }
  /** A whole definition with these disks. */
  xml(name: string, id: VmId, disks: string): string
  /** Puts a text where virsh finds it. */
  write(name: string, xml: string): Promise<string>
  remove(name: string): Promise<void>
}

const farPool = 'suite-far'
const names = { one: 'suite-one', other: 'suite-other' }
const ids = {
  one: '5717e000-0000-4000-8000-0000000000a1' as VmId,
  other: '5717e000-0000-4000-8000-0000000000a2' as VmId,
}
/** In the order in which they are built on one another. */
const layers = ['base', 'a', 'b', 'c'] as const
const fileOf = (layer: string): string => `suite-layer-${layer}.qcow2`

export async function prepareLayers(host: LayersHost): Promise<LayeredVms> {
  const { virsh, pool } = host
  await removeLayers(host)
  const far = `${pool.path}-far`
  await virsh.do('pool-define-as', farPool, 'dir', '--target', far)
  await virsh.do('pool-build', farPool)
  await virsh.do('pool-start', farPool)
  const make = async (at: string, layer: string, base?: string): Promise<void> => {
    const on = base === undefined ? [] : ['--backing-vol', base, '--backing-vol-format', 'qcow2']
    await virsh.do('vol-create-as', at, fileOf(layer), '1M', '--format', 'qcow2', ...on)
  }
  const near = (layer: string): string => `${pool.path}/${fileOf(layer)}`
  for (const [at, layer] of layers.entries()) {
    const base = layers[at - 1]
    await make(pool.name, layer, base === undefined ? undefined : near(base))
  }
  await make(pool.name, 'kept')
  await make(farPool, 'd', near('b'))
  const d = `${far}/${fileOf('d')}`

  const define = async (which: 'one' | 'other', disks: string): Promise<void> => {
    await virsh.do('define', await host.write(names[which], host.xml(names[which], ids[which], disks)))
  }
  await define('one', disk(near('c'), 'vda') + disk(near('kept'), 'vdb'))
  await define('other', disk(d, 'vda'))
  const before = host.xml(names.other, ids.other, disk(d, 'vda') + disk(near('kept'), 'vdb'))
  const snapshot = `<domainsnapshot><name>before</name><state>shutoff</state><creationTime>1700000000</creationTime>
    <disks><disk name='vda' snapshot='internal'/><disk name='vdb' snapshot='internal'/></disks>${before}</domainsnapshot>`
  await virsh.do('snapshot-create', ids.other, await host.write('suite-before', snapshot), '--redefine')
  return {
    ...ids,
    otherName: names.other,
    base: near('base'),
    a: near('a'),
    b: near('b'),
    c: near('c'),
    d,
    kept: near('kept'),
  }
}

export async function removeLayers({ virsh, pool, remove }: LayersHost): Promise<void> {
  for (const id of Object.values(ids)) await remove(id)
  for (const layer of [...layers, 'kept']) await virsh.try('vol-delete', fileOf(layer), '--pool', pool.name)
  if (!(await virsh.has('pool-info', farPool))) return
  await virsh.try('vol-delete', fileOf('d'), '--pool', farPool)
  await virsh.try('pool-destroy', farPool)
  await virsh.try('pool-delete', farPool)
  await virsh.do('pool-undefine', farPool)
}

function disk(path: string, target: string): string {
  return `<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${path}'/><target dev='${target}' bus='virtio'/></disk>`
}
