import type { FieldValue, Row } from '../../../../shared/model/hardware/field'
import { numa } from '../../../../shared/model/hardware/kinds/numa'
import { makeElementAt, placeOf } from '../../edit/path'
import { EditElement } from '../../edit/tree'
import { bind, type FieldBinding } from '../binding'
import { attribute, decode, encode, fill, removeWithEmptyParents } from '../parts'

/** https://libvirt.org/formatdomain.html#guest-numa-topology and #numa-node-tuning */
export const numaBinding = bind(numa, {
  fields: {
    cells: {
      rows: 'cpu/numa/cell',
      columns: {
        id: '@id',
        cpus: '@cpus',
        memory: { at: '@memory', unit: 'KiB' },
        access: '@memAccess',
        discard: { at: '@discard', as: 'yes-no' },
      },
    },
    distances: { read: readDistances, write: writeDistances },
    placement: tune('placement'),
    nodes: tune('nodeset'),
    mode: attribute('numatune/memory', 'mode', 'text'),
    cellNodes: {
      rows: 'numatune/memnode',
      columns: { cell: '@cellid', mode: '@mode', nodes: '@nodeset' },
    },
  },
})

/** `<memory>` without nodes and without leaving them to the host says nothing (virDomainNumatuneParseXML refuses it). */
function tune(name: 'placement' | 'nodeset'): FieldBinding {
  const place = placeOf('numatune/memory')
  return {
    read: (domain) => decode(domain.find('numatune', 'memory')?.attribute(name), 'text'),
    write: (domain, value) => {
      // "static" is what none means, and cannot stand without nodes
      const saysNothing =
        value === 'static' && domain.find('numatune', 'memory')?.attribute('nodeset') === undefined
      if (value !== undefined && !saysNothing) {
        const element = makeElementAt(domain, place)
        element.setAttribute(name, encode(value, 'text'))
        if (value === 'auto') element.setAttribute('nodeset', undefined)
        return
      }
      const element = domain.find('numatune', 'memory')
      element?.setAttribute(name, undefined)
      const isEmpty =
        element?.attribute('nodeset') === undefined && element?.attribute('placement') !== 'auto'
      if (isEmpty) removeWithEmptyParents(element, domain)
    },
  }
}

const cellsOf = (domain: EditElement): EditElement[] => domain.find('cpu', 'numa')?.children('cell') ?? []
const idOf = (cell: EditElement, at: number): string => cell.attribute('id') ?? String(at)

function readDistances(domain: EditElement): FieldValue | undefined {
  const rows = cellsOf(domain).flatMap((cell, at) =>
    (cell.find('distances')?.children('sibling') ?? []).map((sibling) => ({
      from: Number(idOf(cell, at)),
      to: Number(sibling.attribute('id')),
      distance: Number(sibling.attribute('value')),
    })),
  )
  return rows.length === 0 ? undefined : rows
}

function writeDistances(domain: EditElement, value: FieldValue | undefined): void {
  const rows = Array.isArray(value) ? (value as readonly Row[]) : []
  for (const [at, cell] of cellsOf(domain).entries()) {
    const wanted = new Map(
      rows
        .filter(({ from }) => String(from) === idOf(cell, at))
        .map(({ to, distance }) => [String(to), String(distance)]),
    )
    const siblings = cell.find('distances')?.children('sibling') ?? []
    for (const sibling of siblings) {
      const distance = wanted.get(sibling.attribute('id') ?? '')
      if (distance === undefined) removeWithEmptyParents(sibling, cell)
      else sibling.setAttribute('value', distance)
      wanted.delete(sibling.attribute('id') ?? '')
    }
    for (const [id, distance] of wanted) {
      const sibling = makeElementAt(cell, placeOf('distances')).insert(new EditElement('sibling'))
      fill(sibling, { id, value: distance })
    }
  }
}
