/** Network filters of a demo host. */
import { AppError } from '../../../shared/errors'
import type { NetworkFilter } from '../../../shared/model/networks/network'
import { writeAt } from '../../domain-xml/edit/path'
import { filterFacts, textFingerprint, writtenFilter } from '../../domain-xml/networks/filters'
import { changedMeanwhile, filterInUse } from '../../domain-xml/networks/refusals'
import type { NetworkSession } from '../network-session'
import type { FakeHost } from './fake-host'
import { vmCardsOf } from './networks-cards'
import { listedByName, networksOf, uuidFor } from './networks-model'

type FiltersPart = Pick<NetworkSession, 'filters' | 'defineFilter' | 'deleteFilter'>

export function filtersPart(host: FakeHost, answerTime: () => Promise<void>): FiltersPart {
  const model = networksOf(host)
  const all = (): NetworkFilter[] => {
    const facts = [...model.filters.values()].map(filterFacts)
    const vms = vmCardsOf(host)
    return facts.map((filter) => ({
      ...filter,
      usedBy: [
        ...facts.filter(({ includes }) => includes.includes(filter.name)).map(({ name }) => `Filter ${name}`),
        ...vms.filter(({ filters }) => filters.includes(filter.name)).map(({ vmName }) => `VM ${vmName}`),
      ],
    }))
  }
  return {
    async filters() {
      await answerTime()
      return listedByName(all())
    },
    async defineFilter({ xml, base }) {
      await answerTime()
      const document = writtenFilter(xml)
      const name = document.root.attribute('name') ?? ''
      const before = model.filters.get(name)
      if (base === undefined && before !== undefined)
        throw new AppError('already-exists', 'A network filter with this name exists already')
      if (base !== undefined && (before === undefined || textFingerprint(before) !== base))
        throw changedMeanwhile('filter')
      const missing = document.root
        .children('filterref')
        .flatMap((one) => one.attribute('filter') ?? [])
        .find((one) => one !== name && !model.filters.has(one))
      if (missing !== undefined)
        throw new AppError('invalid', 'The host does not accept this filter', {
          detail: `referenced filter '${missing}' is missing`,
          field: 'xml',
        })
      if (document.root.find('uuid')?.text() === undefined)
        writeAt(document.root, 'uuid', before === undefined ? uuidFor(`filter ${name}`) : uuidOf(before))
      model.filters.set(name, document.toString())
      host.resourceChanged('filter', name)
    },
    async deleteFilter(name) {
      await answerTime()
      model.filter(name)
      const error = filterInUse(name, all().find((one) => one.name === name)?.usedBy ?? [])
      if (error) throw error
      model.filters.delete(name)
      host.resourceChanged('filter', name)
    },
  }
}

const uuidOf = (xml: string): string => filterFacts(xml).uuid
