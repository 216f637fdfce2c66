/** New volumes as definitions: shown before they are made, and made as somebody wrote them. */
import { plain, type Values } from '../../../../shared/model/hardware/field'
import type { VolumePreview, VolumeXmlOptions } from '../../../../shared/model/storage/volume'
import { sizeOf } from '../../../domain-xml/sizes'
import { newVolumeXml, writesTables } from '../../../domain-xml/storage/volume-document'
import { writtenVolume } from '../../../domain-xml/storage/written-volume'
import type { ActionContext } from '../../backend'
import type { LibvirtHost } from '../host'
import { copied } from './volume-clone'
import { make, need, nextName, refuseTaken } from './volume-create'
import { findVolume, poolFacts, whileActive } from './volume-handles'

/** As much of it as the form has by now. */
export async function previewVolume(
  host: LibvirtHost,
  poolName: string,
  given: Values,
): Promise<VolumePreview> {
  const pool = await poolFacts(host, poolName)
  const values = { ...given, poolType: pool.type }
  const name = plain(given['name']) || (pool.type === 'disk' ? await nextName(host, pool) : '')
  return { xml: newVolumeXml(pool.type, values, name), writesTables: writesTables(pool.type, values) }
}

export async function createVolumeFromXml(
  host: LibvirtHost,
  poolName: string,
  xml: string,
  options: VolumeXmlOptions,
  context: ActionContext,
): Promise<void> {
  const { root, name } = writtenVolume(xml)
  const pool = await poolFacts(host, poolName)
  need(pool.type, 'create')
  await refuseTaken(host, { pool: poolName, volume: name })
  const { from } = options
  if (from === undefined)
    return await make(host, { pool, name, xml, writesTables: options.writesTables }, context)
  const source = await findVolume(host, { pool: poolName, volume: from })
  const totalBytes = sizeOf(root.find('capacity'), 'bytes') ?? 0
  await whileActive(() =>
    copied(host, { from: source, to: pool, copy: xml, name, totalBytes, reflink: false }, context),
  )
}
