import { describe, expect, it } from 'vitest'
import { hostId, vmId } from '../../../shared/model/ids'
import type { Host } from '../../../shared/model/host'
import type { Vm } from '../../../shared/model/vm'
import { filterWords, matches, nextSort, sortRows } from './rows'

const id = hostId.parse('a')
const hosts: Record<string, Host> = {
  [id]: {
    id,
    uri: 'qemu:///system',
    label: 'Rack One',
    autoconnect: true,
    isDemo: false,
    sshEngine: 'builtin',
    readOnly: false,
    hasKeptSecrets: false,
    status: { kind: 'disconnected', sinceMs: 0 },
  },
}
let next = 0
function vm(name: string, change: Partial<Vm> = {}): Vm {
  next += 1
  return {
    host: id,
    id: vmId.parse(`00000000-0000-0000-0000-${String(next).padStart(12, '0')}`),
    name,
    state: 'running',
    isPersistent: true,
    hasSavedState: false,
    autostart: false,
    vcpuCount: 1,
    memoryBytes: 1,
    maxMemoryBytes: 1,
    ...change,
  }
}
const find = (text: string, candidate: Vm): boolean => matches(candidate, filterWords(text), hosts)

describe('the filter', () => {
  it('finds every word anywhere in name, title, state or host, whatever the case', () => {
    const web = vm('prod-WEB-01', { title: 'Shop front', state: 'shut-off' })
    for (const text of ['web', 'B-0', 'shop', 'shut', 'rack', 'web rack off', '  ']) {
      expect(find(text, web), text).toBe(true)
    }
    expect(find('web two', web)).toBe(false)
  })

  it('finds a VM by its UUID and by the id of its run, but by no chance piece of either', () => {
    const web = vm('web', { id: vmId.parse('6a1c0f3e-9a55-4c0e-8a1b-0123456789ab'), runId: 17 })
    for (const text of ['6a1c0f3e-9a55-4c0e-8a1b-0123456789ab', '6A1C0F3E', '0123456789ab', '17'])
      expect(find(text, web), text).toBe(true)
    for (const text of ['6a1c', '1', '7', '018']) expect(find(text, web), text).toBe(false)
  })

  it('takes what is typed literally', () => {
    expect(find('.*', vm('web'))).toBe(false)
    expect(find('<img', vm('<img src=x>'))).toBe(true)
  })
})

describe('the order', () => {
  const names = (vms: readonly Vm[]): string[] => vms.map(({ name }) => name)

  it('counts numbers in names', () => {
    const sorted = sortRows(
      [vm('web-10'), vm('web-2'), vm('Web-1')],
      { column: 'name', isDescending: false },
      hosts,
    )
    expect(names(sorted)).toEqual(['Web-1', 'web-2', 'web-10'])
  })

  it('keeps equal rows in order of name whichever way the column is turned', () => {
    const vms = [vm('b'), vm('a'), vm('c', { state: 'crashed' })]
    expect(names(sortRows(vms, { column: 'state', isDescending: true }, hosts))).toEqual(['a', 'b', 'c'])
    expect(names(sortRows(vms, { column: 'state', isDescending: false }, hosts))).toEqual(['c', 'a', 'b'])
  })

  it('puts runs in order of their ids, and what is off after them', () => {
    const vms = [vm('off', { state: 'shut-off' }), vm('ten', { runId: 10 }), vm('two', { runId: 2 })]
    expect(names(sortRows(vms, { column: 'runId', isDescending: false }, hosts))).toEqual([
      'two',
      'ten',
      'off',
    ])
  })

  it('shows the biggest load first and names from A', () => {
    expect(nextSort({ column: 'name', isDescending: false }, 'cpu')).toEqual({
      column: 'cpu',
      isDescending: true,
    })
    expect(nextSort({ column: 'cpu', isDescending: true }, 'cpu')).toEqual({
      column: 'cpu',
      isDescending: false,
    })
    expect(nextSort({ column: 'cpu', isDescending: true }, 'name')).toEqual({
      column: 'name',
      isDescending: false,
    })
  })
})
