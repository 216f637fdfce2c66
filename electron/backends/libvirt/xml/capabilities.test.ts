import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  rangesOf,
  readCells,
  readCpuCounts,
  readCpuFeatures,
  readHostCapabilities,
  readPageBytes,
  readSecurityModels,
} from './capabilities'
import { parseXml } from '../../../domain-xml/document'
import { readGuestCapabilities } from './domain-capabilities'
import { readSysinfo } from './sysinfo'

const fixture = (name: string) =>
  parseXml(readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')).root

test('capabilities of a real host tell its cells, CPUs and security drivers', () => {
  const root = fixture('capabilities.xml')
  expect(readCells(root)).toMatchObject([{ id: 0, memoryBytes: 7_825_624 * 1024, cpuCount: 2, cpus: '0-1' }])
  expect(readCpuCounts(root)).toEqual({ sockets: 1, dies: 1, cores: 2, threads: 2 })
  expect(readSecurityModels(root)).toEqual(['dac'])
  expect(readPageBytes(root)).toBe(4096)
  expect(readCpuFeatures(root)?.has('smep')).toBe(true)
  const { guests } = readHostCapabilities(root)
  expect(guests.map(({ architecture }) => architecture)).toEqual(['i686', 'x86_64'])
  const pc = guests[1]
  expect(pc?.virtTypes).toContainEqual({ name: 'kvm', emulator: '/usr/bin/qemu-system-x86_64' })
  expect(pc?.machines.find(({ name }) => name === 'q35')).toMatchObject({
    canonical: 'pc-q35-7.2',
    maxCpus: 288,
  })
})

test('two threads of a core count once as a core, and equal core numbers of two sockets twice', () => {
  const cpu = (socket: number, core: number, id: number) =>
    `<cpu id='${id}' socket_id='${socket}' die_id='0' core_id='${core}'/>`
  const cpus = [cpu(0, 0, 0), cpu(0, 0, 1), cpu(1, 0, 2), cpu(1, 0, 3)].join('')
  const root = parseXml(
    `<capabilities><host><topology><cells><cell id='0'><cpus>${cpus}</cpus></cell></cells></topology></host></capabilities>`,
  ).root
  expect(readCpuCounts(root)).toEqual({ sockets: 2, dies: 2, cores: 2, threads: 4 })
})

test('threads that share a core stand together, and a CPU without a place leaves all places unknown', () => {
  const cpu = (id: number, socket: number, core: number, die = 0) =>
    `<cpu id='${id}' socket_id='${socket}' die_id='${die}' core_id='${core}'/>`
  const cell = (cpus: string[]) =>
    readCells(
      parseXml(
        `<capabilities><host><topology><cells><cell id='0'><cpus>${cpus.join('')}</cpus></cell></cells></topology></host></capabilities>`,
      ).root,
    )[0]
  const listed = [cpu(5, 1, 0), cpu(0, 0, 0), cpu(1, 0, 1), cpu(2, 0, 0, 1), cpu(4, 0, 0), cpu(3, 0, 1)]
  expect(cell(listed)?.cores).toEqual([
    { socket: 0, cpus: [0, 4] },
    { socket: 0, cpus: [1, 3] },
    { socket: 0, cpus: [2] },
    { socket: 1, cpus: [5] },
  ])
  const unknown = cell([...listed, `<cpu id='6'/>`])
  expect(unknown).toMatchObject({ cpus: '0-6' })
  expect(unknown).not.toHaveProperty('cores')
})

test('what a driver leaves out is unknown, not absent', () => {
  const empty = parseXml('<capabilities/>').root
  expect(readCpuFeatures(empty)).toBeUndefined()
  expect(readCpuCounts(empty)).toBeUndefined()
  expect(readHostCapabilities(empty)).toEqual({ guests: [] })
  expect(readCells(empty)).toEqual([])
})

test('sets of CPUs are written as the kernel writes them', () => {
  expect(rangesOf([3, 1, 2, 8, 10, 9, 20])).toBe('1-3,8-10,20')
  expect(rangesOf([])).toBe('')
})

test('capabilities of a real machine type tell models, host model, firmware and devices', () => {
  const found = readGuestCapabilities(fixture('domain-capabilities.xml'))
  expect(found).toMatchObject({
    machine: 'pc-q35-7.2',
    maxVcpus: 288,
    hostModel: { model: 'EPYC', vendor: 'AMD' },
  })
  expect(found.firmware.secureBoot).toBe('no')
  expect(found.cpuModels.find(({ name }) => name === 'phenom')).toMatchObject({ usable: 'no', vendor: 'AMD' })
  expect(found.devices.find(({ name }) => name === 'tpm')?.values).toContainEqual({
    name: 'model',
    values: ['tpm-tis', 'tpm-crb'],
  })
  expect(found.features.find(({ name }) => name === 'sev')?.isSupported).toBe(false)
})

test('blockers, deprecation and devices nobody has heard of are kept', () => {
  const found = readGuestCapabilities(
    parseXml(`<domainCapabilities><os><loader supported='yes'><enum name='secure'><value>yes</value></enum></loader></os>
      <cpu><mode name='custom' supported='yes'><model usable='no' deprecated='yes'>X1</model>
      <blockers model='X1'><feature name='rtm'/></blockers></mode></cpu>
      <devices><warpdrive supported='yes'><enum name='speed'><value>9</value></enum></warpdrive></devices>
      <features><sev supported='yes'><cbitpos>47</cbitpos></sev></features></domainCapabilities>`).root,
  )
  expect(found.cpuModels).toEqual([{ name: 'X1', usable: 'no', isDeprecated: true, blockers: ['rtm'] }])
  expect(found.firmware.secureBoot).toBe('yes')
  expect(found.devices).toEqual([
    { name: 'warpdrive', isSupported: true, values: [{ name: 'speed', values: ['9'] }] },
  ])
  expect(found.features[0]?.values).toEqual([{ name: 'cbitpos', values: ['47'] }])
})

test('hardware tables are read without what makers left unfilled', () => {
  const entry = (name: string, value: string) => `<entry name='${name}'>${value}</entry>`
  const system = `<system>${entry('manufacturer', 'To Be Filled By O.E.M.')}${entry('product', 'X570')}</system>`
  const processor = `<processor>${entry('version', 'Xeon')}</processor>`
  expect(readSysinfo(parseXml(`<sysinfo>${system}${processor}</sysinfo>`).root)).toEqual({
    product: 'X570',
    processor: 'Xeon',
  })
})
