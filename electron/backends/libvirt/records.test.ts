import { describe, expect, it } from 'vitest'
import type { VmId } from '../../../shared/model/ids'
import {
  typedParam,
  virConnectGetAllDomainStatsFlags as statsFlags,
  virConnectListAllDomainsFlags as listFlags,
} from '../../libvirt-rpc/index'
import { BulkStats } from './domain-stats'
import { readAllRecords, readRecord } from './records'
import { fakeRpc, hostError, type FakeRpc } from './testing/fake-rpc'

const uuid = '6a1c0f3e-9a55-4c0e-8a1b-000000000001'
const dom = { name: 'web-01', uuid, id: 3 }
const list = ({ flags }: { flags: number }): unknown => {
  const isFiltered = flags === listFlags.VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE
  return { domains: isFiltered ? [] : [dom], ret: isFiltered ? 0 : 1 }
}
const stats = [
  typedParam('state.state', 'int', 3),
  typedParam('state.reason', 'int', 5),
  typedParam('vcpu.current', 'uint', 2),
  typedParam('vcpu.maximum', 'uint', 4),
  typedParam('balloon.current', 'ullong', 2048),
  typedParam('balloon.maximum', 'ullong', 1024),
]
const readAll = ({ session }: FakeRpc) => readAllRecords(session, new BulkStats(session), {})

const record = {
  id: uuid,
  name: 'web-01',
  runId: 3,
  state: 'paused',
  stateReason: 'I/O error on a disk',
  vcpuCount: 2,
  // never more than the maximum, whatever the host says
  memoryBytes: 1024 * 1024,
  maxMemoryBytes: 1024 * 1024,
  isPersistent: true,
  autostart: true,
  hasSavedState: false,
}

describe('all VMs', () => {
  it('are read with four calls where the driver has bulk statistics', async () => {
    const rpc = fakeRpc({
      CONNECT_GET_ALL_DOMAIN_STATS: () => ({ retStats: [{ dom, params: stats }] }),
      CONNECT_LIST_ALL_DOMAINS: list,
    })
    expect(await readAll(rpc)).toEqual([record])
    expect(rpc.calls.map((call) => call.name).sort()).toEqual([
      'CONNECT_GET_ALL_DOMAIN_STATS',
      'CONNECT_LIST_ALL_DOMAINS',
      'CONNECT_LIST_ALL_DOMAINS',
      'CONNECT_LIST_ALL_DOMAINS',
    ])
  })

  it('are read one by one where it has none, and it is not asked again', async () => {
    const rpc = fakeRpc({
      CONNECT_LIST_ALL_DOMAINS: list,
      DOMAIN_GET_INFO: () => ({ state: 1, maxMem: 1024, memory: 2048, nrVirtCpu: 2, cpuTime: 0 }),
      DOMAIN_GET_STATE: () => ({ state: 3, reason: 5 }),
    })
    const bulk = new BulkStats(rpc.session)
    expect(await readAllRecords(rpc.session, bulk, {})).toEqual([record])
    expect(await readAllRecords(rpc.session, bulk, {})).toEqual([record])
    expect(rpc.calls.filter((call) => call.name === 'CONNECT_GET_ALL_DOMAIN_STATS').length).toBe(1)
  })

  it('are asked for what bulk statistics leave out, and without the flag the driver refuses', async () => {
    const rpc = fakeRpc({
      CONNECT_GET_ALL_DOMAIN_STATS: ({ flags }: { flags: number }) => {
        if (flags & statsFlags.VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT)
          throw hostError('VIR_ERR_INVALID_ARG')
        return { retStats: [{ dom, params: stats.slice(0, 2) }] }
      },
      CONNECT_LIST_ALL_DOMAINS: list,
      DOMAIN_GET_INFO: () => ({ state: 3, maxMem: 1024, memory: 1024, nrVirtCpu: 2, cpuTime: 0 }),
    })
    const { stateReason: _, ...withoutReason } = record
    expect(await readAll(rpc)).toEqual([withoutReason])
  })

  it('leave out one that vanishes meanwhile', async () => {
    const rpc = fakeRpc({
      CONNECT_LIST_ALL_DOMAINS: list,
      DOMAIN_GET_INFO: () => {
        throw hostError('VIR_ERR_NO_DOMAIN')
      },
    })
    expect(await readAll(rpc)).toEqual([])
  })
})

describe('one VM', () => {
  const answers = {
    DOMAIN_LOOKUP_BY_UUID: () => ({ dom }),
    DOMAIN_GET_INFO: () => ({ state: 1, maxMem: 1024, memory: 1024, nrVirtCpu: 2, cpuTime: 0 }),
  }

  it('is read although the driver lacks everything optional', async () => {
    expect(await readRecord(fakeRpc(answers).session, uuid as VmId, {})).toEqual({
      ...record,
      state: 'running',
      stateReason: undefined,
      autostart: false,
    })
  })

  it('is absent when the host does not have it', async () => {
    const rpc = fakeRpc({
      ...answers,
      DOMAIN_LOOKUP_BY_UUID: () => {
        throw hostError('VIR_ERR_NO_DOMAIN')
      },
    })
    expect(await readRecord(rpc.session, uuid as VmId, {})).toBeUndefined()
  })
})
