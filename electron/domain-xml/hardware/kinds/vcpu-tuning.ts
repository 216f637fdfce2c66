import { vcpuTuning } from '../../../../shared/model/hardware/kinds/vcpu-tuning'
import { writeAt } from '../../edit/path'
import type { EditElement } from '../../edit/tree'
import { bind, type FieldBinding } from '../binding'
import { attribute, decode, encode, removeWithEmptyParents } from '../parts'

/** https://libvirt.org/formatdomain.html#cpu-tuning and #iothreads-allocation; what no field shows is kept. */
export const vcpuTuningBinding = bind(vcpuTuning, {
  fields: {
    vcpuPins: { rows: 'cputune/vcpupin', columns: { vcpu: '@vcpu', cpus: '@cpuset' } },
    emulatorPin: 'cputune/emulatorpin/@cpuset',
    shares: 'cputune/shares',
    ioThreads: {
      read: (domain) => decode(domain.find('iothreads')?.text(), 'integer'),
      write: (domain, value) => {
        writeAt(domain, 'iothreads', value === undefined ? undefined : encode(value, 'integer'))
        trimThreads(domain, typeof value === 'number' ? value : 0)
      },
    },
    ioThreadPins: { rows: 'cputune/iothreadpin', columns: { thread: '@iothread', cpus: '@cpuset' } },
    ioThreadPools: {
      rows: 'iothreadids/iothread',
      columns: { id: '@id', poolMin: '@thread_pool_min', poolMax: '@thread_pool_max' },
    },
    mainPoolMin: 'defaultiothread/@thread_pool_min',
    mainPoolMax: 'defaultiothread/@thread_pool_max',
    period: 'cputune/period',
    quota: 'cputune/quota',
    globalPeriod: 'cputune/global_period',
    globalQuota: 'cputune/global_quota',
    emulatorPeriod: 'cputune/emulator_period',
    emulatorQuota: 'cputune/emulator_quota',
    ioThreadPeriod: 'cputune/iothread_period',
    ioThreadQuota: 'cputune/iothread_quota',
    vcpuSchedulers: {
      rows: 'cputune/vcpusched',
      columns: { cpus: '@vcpus', scheduler: '@scheduler', priority: priority() },
    },
    ioThreadSchedulers: {
      rows: 'cputune/iothreadsched',
      columns: { threads: '@iothreads', scheduler: '@scheduler', priority: priority() },
    },
    emulatorScheduler: {
      read: (domain) => domain.find('cputune', 'emulatorsched')?.attribute('scheduler'),
      write: (domain, value) => {
        if (value === undefined) removeWithEmptyParents(domain.find('cputune', 'emulatorsched'), domain)
        else writeAt(domain, 'cputune/emulatorsched/@scheduler', encode(value, 'text'))
      },
    },
    emulatorPriority: attribute('cputune/emulatorsched', 'priority', 'integer', { scheduler: 'rr' }),
  },
})

/** Only the real-time schedulers have one. */
function priority(): FieldBinding {
  return {
    read: (row) => decode(row.attribute('priority'), 'integer'),
    write: (row, value) => {
      const isRealTime = /^(fifo|rr)$/.test(row.attribute('scheduler') ?? '')
      row.setAttribute('priority', isRealTime && value !== undefined ? encode(value, 'integer') : undefined)
    },
  }
}

/** Threads that are listed count even beyond their number (virDomainDefIOThreadsParse), so the last ones go from the list. */
function trimThreads(domain: EditElement, count: number): void {
  const listed = domain.find('iothreadids')?.children('iothread') ?? []
  for (const thread of listed.slice(count)) removeWithEmptyParents(thread, domain)
}
