/** Definitions of the demo host's first pools follow from what is told of them; others have their own. */
import type { Values } from '../../../../shared/model/hardware/field'
import type { EditDocument } from '../../../domain-xml/edit/tree'
import { EditElement } from '../../../domain-xml/edit/tree'
import { newPoolXml, storedPool } from '../../../domain-xml/storage/pool-document'
import type { FakePool } from './model'

export function definitionOf(pool: FakePool): EditDocument {
  const document = storedPool(pool.xml ?? newPoolXml(valuesOf(pool)), pool.name)
  const { root } = document
  if (!root.find('uuid')) root.insert(new EditElement('uuid'), root.find('name')).setText(pool.uuid)
  return document
}

function valuesOf({ name, type, path, source = '' }: FakePool): Values {
  const [server = '', exportPath = ''] = source.split(':')
  const base: Values = { name, type, ...(path === undefined ? {} : { path }) }
  switch (type) {
    case 'netfs':
      return { ...base, server, exportPath, share: 'nfs' }
    case 'logical':
      return { ...base, volumeGroup: source }
    case 'iscsi':
      return { ...base, server: source.split(' ')[0] ?? '', target: source.split(' ')[1] ?? '' }
    default:
      return base
  }
}
