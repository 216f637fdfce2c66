/** Network filters: the list with who uses which, and changes. */
import { AppError } from '../../../../shared/errors'
import type { Listed } from '../../../../shared/model/host-choices'
import type { DefineFilterInput, NetworkFilter } from '../../../../shared/model/networks/network'
import { writeAt } from '../../../domain-xml/edit/path'
import { filterFacts, writtenFilter } from '../../../domain-xml/networks/filters'
import { changedMeanwhile, filterInUse } from '../../../domain-xml/networks/refusals'
import { isRpcError, virNWFilterDefineFlags, type NwfilterHandle } from '../../../libvirt-rpc/index'
import { changeTimeoutMs, type LibvirtHost } from '../host'
import { listed, quick, readEach } from '../host-choices-sweep'
import { inStep, noFilter } from './errors'
import { readVmCards } from './vm-cards'

type Facts = ReturnType<typeof filterFacts>
const slow = { timeoutMs: changeTimeoutMs }

export function readFilters(host: LibvirtHost): Promise<Listed<NetworkFilter>> {
  return listed(async () => {
    const [filters, vms] = await Promise.all([readAllFacts(host), readVmCards(host)])
    const items = filters.items
      .map(
        (filter): NetworkFilter => ({
          ...filter,
          usedBy: [
            ...filters.items
              .filter(({ includes }) => includes.includes(filter.name))
              .map(({ name }) => `Filter ${name}`),
            ...vms.items.filter((vm) => vm.filters.includes(filter.name)).map(({ vmName }) => `VM ${vmName}`),
          ],
        }),
      )
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    // without all VMs nobody knows that a filter is free
    const error = filters.error ?? vms.error
    return { items, ...(error ? { error } : {}) }
  })
}

async function readAllFacts({ rpc }: LibvirtHost): Promise<Listed<Facts>> {
  const { filters } = await rpc.callJob('CONNECT_LIST_ALL_NWFILTERS', { need_results: 1, flags: 0 }, quick)
  return readEach(filters, async (nwfilter): Promise<Facts | undefined> => {
    try {
      return filterFacts((await rpc.callJob('NWFILTER_GET_XML_DESC', { nwfilter, flags: 0 }, quick)).xml)
    } catch (error) {
      if (isRpcError(error, 'VIR_ERR_NO_NWFILTER')) return undefined
      throw error
    }
  })
}

async function find(
  { rpc }: LibvirtHost,
  name: string,
): Promise<{ nwfilter: NwfilterHandle; facts: Facts } | undefined> {
  try {
    const { nwfilter } = await rpc.call('NWFILTER_LOOKUP_BY_NAME', { name }, quick)
    const { xml } = await rpc.call('NWFILTER_GET_XML_DESC', { nwfilter, flags: 0 }, quick)
    return { nwfilter, facts: filterFacts(xml) }
  } catch (error) {
    if (isRpcError(error, 'VIR_ERR_NO_NWFILTER')) return undefined
    throw error
  }
}

/** Returns its name. */
export async function defineFilter(
  host: LibvirtHost,
  { xml, base }: Omit<DefineFilterInput, 'host'>,
): Promise<string> {
  const document = writtenFilter(xml)
  const name = document.root.attribute('name') ?? ''
  const before = await find(host, name)
  if (base === undefined && before) {
    throw new AppError('already-exists', `There is a filter called ${name} already`, {
      cure: 'Choose another name.',
      field: 'xml',
    })
  }
  if (base !== undefined && before?.facts.base !== base) throw changedMeanwhile('filter')
  // libvirt goes by the UUID, and would take one without for another filter of this name
  if (before && document.root.find('uuid')?.text() === undefined)
    writeAt(document.root, 'uuid', before.facts.uuid)
  const text = document.toString()
  await inStep(name, 'define-filter', () =>
    host.rpc.control.knows('NWFILTER_DEFINE_XML_FLAGS')
      ? host.rpc.callJob(
          'NWFILTER_DEFINE_XML_FLAGS',
          { xml: text, flags: virNWFilterDefineFlags.VIR_NWFILTER_DEFINE_VALIDATE },
          slow,
        )
      : host.rpc.callJob('NWFILTER_DEFINE_XML', { xml: text }, slow),
  )
  return name
}

export async function deleteFilter(host: LibvirtHost, name: string): Promise<void> {
  const found = await find(host, name)
  if (!found) throw noFilter(new Error(name))
  const { items } = await readFilters(host)
  const error = filterInUse(name, items.find((one) => one.name === name)?.usedBy ?? [])
  if (error) throw error
  await inStep(name, 'undefine-filter', () =>
    host.rpc.callJob('NWFILTER_UNDEFINE', { nwfilter: found.nwfilter }, slow),
  )
}
