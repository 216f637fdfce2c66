import { expect, test } from 'vitest'
import type { RunResult } from '../../../link/link'
import type { HostCommands } from '../../images/host-commands'
import { parseXentop, readXentop } from './xentop'

/** Laid out as xentop's source prints it; not taken from a host. */
const header =
  '      NAME  STATE   CPU(sec) CPU(%)     MEM(k) MEM(%)  MAXMEM(k) MAXMEM(%) VCPUS NETS NETTX(k) NETRX(k) VBDS   VBD_OO   VBD_RD   VBD_WR  VBD_RSECT  VBD_WSECT SSID'
const round = (cpu: string, received: number, reads: number): string =>
  [
    header,
    `  Domain-0 -----r      18423   ${cpu}    8388608    3.1   no limit       n/a     4    0        0        0    0        0        0        0          0          0    0`,
    '   web  01 --b---        942    0.6    2097152    0.8    4194304       1.6     2    1    50127   118904    2        0   330218    90441     100000     200000    0',
    `Net0 RX: ${received}bytes     4321pkts        0err        2drop  TX: 51330048bytes     5000pkts        1err        0drop`,
    `VBD BlkBack 51712 [ca: 0]  OO:        3   RD:   ${reads}   WR:    90441   RSECT:     100000   WSECT:     200000`,
    'VBD BlkBack 51728 [ca:10]  OO:        -   RD:        -   WR:        -   RSECT:          -   WSECT:          -',
  ].join('\n')
const twice = `${round('   0.0', 1000, 330_100)}\n${round(' 103.1', 5096, 330_218)}\n`

function hostThat(answer: Partial<RunResult>): HostCommands & { readonly asked: string[][] } {
  const asked: string[][] = []
  return {
    asked,
    run: async (argv) => {
      asked.push([...argv])
      return { stdout: '', stderr: '', code: 0, ...answer }
    },
    start: () => Promise.reject(new Error('Nothing is started for this')),
  }
}

test('each domain is told with the load of the second that was watched', async () => {
  const host = hostThat({ stdout: twice })
  expect(await readXentop(host)).toEqual([
    {
      name: 'Domain-0',
      states: ['r'],
      cpuSeconds: 18_423,
      cpuPercent: 103.1,
      memoryBytes: 8_388_608 * 1024,
      memoryPercent: 3.1,
      vcpuCount: 4,
      nets: [],
      vbds: [],
    },
    {
      name: 'web  01',
      states: ['b'],
      cpuSeconds: 942,
      cpuPercent: 0.6,
      memoryBytes: 2_097_152 * 1024,
      memoryPercent: 0.8,
      maxMemoryBytes: 4_194_304 * 1024,
      vcpuCount: 2,
      nets: [
        {
          number: 0,
          receive: { bytes: 5096, packets: 4321, errors: 0, drops: 2, bytesPerSecond: 4096 },
          send: { bytes: 51_330_048, packets: 5000, errors: 1, drops: 0, bytesPerSecond: 0 },
        },
      ],
      vbds: [
        {
          backend: 'BlkBack',
          device: 51_712,
          outOfOrder: 3,
          reads: 330_218,
          writes: 90_441,
          readsPerSecond: 118,
          writesPerSecond: 0,
        },
        { backend: 'BlkBack', device: 51_728 },
      ],
    },
  ])
  expect(host.asked).toHaveLength(1)
})

test('an older xentop, without sectors and with a domain that is told no disks of, is read as well', () => {
  const older = [
    '      NAME  STATE   CPU(sec) CPU(%)     MEM(k) MEM(%)  MAXMEM(k) MAXMEM(%) VCPUS NETS NETTX(k) NETRX(k) VBDS   VBD_OO   VBD_RD   VBD_WR SSID',
    '  Domain-0 -----r        560    0.0    1000448   47.7   no limit       n/a     2    4        0        0    0        0        0        0    0',
    '       jvm --p---        236    0.0     524288   25.0     524288      25.0     1    1     7551     1447    1        -        -        -    0',
  ].join('\n')
  expect(parseXentop(older)).toMatchObject([
    [
      { name: 'Domain-0', vcpuCount: 2 },
      { name: 'jvm', states: ['p'], cpuSeconds: 236 },
    ],
  ])
})

test('a host without xentop, and an account that may not use it, are told apart', async () => {
  await expect(readXentop(hostThat({ code: 127 }))).rejects.toMatchObject({ kind: 'unsupported' })
  const words = 'Failed to initialize xenstat library'
  await expect(readXentop(hostThat({ code: 1, stderr: words }))).rejects.toMatchObject({
    kind: 'denied',
    detail: words,
  })
})
