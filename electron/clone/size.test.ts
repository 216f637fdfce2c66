import { expect, it } from 'vitest'
import { EditDocument } from '../domain-xml/edit/tree'
import { resize, sizeProblems } from './size'

const mib = 1024 ** 2
const domain = (inside: string, devices = ''): EditDocument =>
  EditDocument.parse(`<domain type='kvm'><name>a</name>${inside}<devices>${devices}</devices></domain>`)
const plain = `<memory unit='MiB'>512</memory><currentMemory unit='MiB'>256</currentMemory><vcpu placement='static' current='1'>2</vcpu>`

it('gives a clone other processors and memory, all of them switched on', () => {
  const document = domain(plain)
  resize(document.root, { vcpuCount: 4, memoryBytes: 2048 * mib })
  expect(document.toString()).toContain(
    `<memory unit='KiB'>2097152</memory><currentMemory unit='KiB'>2097152</currentMemory><vcpu placement='static'>4</vcpu>`,
  )
})

it('changes nothing when it is as the original', () => {
  const document = domain(plain)
  const before = document.toString()
  resize(document.root, { vcpuCount: 2, memoryBytes: 512 * mib })
  resize(document.root, {})
  expect(document.toString()).toBe(before)
})

it.each([
  [6, `<topology sockets='1' dies='1' cores='3' threads='2'/>`],
  [3, `<topology sockets='1' dies='1' cores='3' threads='1'/>`],
])('lays %i processors out so that the host accepts them', (count, topology) => {
  const document = domain(
    `<vcpu>8</vcpu><vcpus><vcpu id='0' enabled='yes'/></vcpus><cputune><vcpupin vcpu='0' cpuset='1'/><vcpupin vcpu='7' cpuset='2'/></cputune><cpu><topology sockets='2' dies='2' cores='1' threads='2'/></cpu>`,
  )
  resize(document.root, { vcpuCount: count })
  const text = document.toString()
  expect(text).toContain(topology)
  expect(text).toContain(`<cputune><vcpupin vcpu='0' cpuset='1'/></cputune>`)
  expect(text).not.toContain('<vcpus')
})

it('raises the most that can be plugged in where there would be more than that', () => {
  const document = domain(`<maxMemory slots='4' unit='KiB'>1048576</maxMemory>${plain}`)
  resize(document.root, { memoryBytes: 2048 * mib })
  expect(document.toString()).toContain(`<maxMemory slots='4' unit='KiB'>2097152</maxMemory>`)
})

it('refuses what the original has laid out for its own size', () => {
  const cells = `${plain}<cpu><numa><cell id='0' cpus='0-1' memory='512' unit='MiB'/></numa></cpu>`
  const fields = (document: EditDocument, vcpuCount: number, memoryBytes: number) =>
    sizeProblems(document.root, { vcpuCount, memoryBytes }).map(({ field }) => field)
  expect(fields(domain(cells), 4, 1024 * mib)).toEqual(['vcpuCount', 'memoryBytes'])
  expect(fields(domain(cells), 2, 512 * mib)).toEqual([])
  expect(fields(domain(plain, `<memory model='dimm'/>`), 2, 1024 * mib)).toEqual(['memoryBytes'])
  expect(fields(domain(plain), 4, 1024 * mib)).toEqual([])
})
