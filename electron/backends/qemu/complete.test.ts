import { describe, expect, it, test } from 'vitest'
import { AppError } from '../../../shared/errors'
import { planArgv } from './argv/plan-argv'
import { completed, named } from './complete'
import { collectedDefinitions, wizardDefinitions } from './testing/definitions'
import { host } from './testing/host'

/** Each option with its value; QEMU does not care which card comes first. */
function wordsOf(xml: string, isRunning = false): string[] {
  const words = planArgv(xml, host({ isRunning })).parts.flatMap((part) => [part.words.join(' ')])
  return words.toSorted()
}

const definitions = [...wizardDefinitions(), ...collectedDefinitions()].filter(({ xml }) => {
  try {
    planArgv(xml, host())
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
})

test.for(definitions)('the machine of "$name" is the same when its definition is completed', ({ xml }) => {
  const whole = completed(xml, host())
  expect(wordsOf(whole)).toEqual(wordsOf(xml))
  expect(completed(whole, host())).toBe(whole)
})

test.for(definitions)('"$name" is the same with the names of its devices, and complete', ({ xml }) => {
  const whole = completed(xml, host())
  const running = named(whole, host())
  expect(wordsOf(running, true)).toEqual(wordsOf(whole))
  expect(completed(running, host({ isRunning: true }))).toBe(running)
})

function domain(devices: string): string {
  return `<domain type='qemu'>
  <name>web</name>
  <uuid>6f0e5b3c-1d0b-4d55-9d7d-9a5c0c1c2d3e</uuid>
  <memory unit='MiB'>512</memory>
  <vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    ${devices}
  </devices>
</domain>`
}

const card = (more = '') => `<interface type='user'><model type='virtio'/>${more}</interface>`
const disk = `<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/a'/><target dev='vda' bus='virtio'/></disk>`

describe('a completed definition', () => {
  it('keeps the place and the address of a card when a disk before it goes', () => {
    const whole = completed(domain(disk + card()), host())
    const without = completed(whole.replace(/<disk[\s\S]*<\/disk>/, ''), host())
    const of = (xml: string) => /<interface[\s\S]*<\/interface>/.exec(xml)?.[0]
    expect(of(whole)).toMatch(/<mac address='52:54:00:[^']*'\/>.*<address type='pci'/s)
    expect(of(without)).toBe(of(whole))
  })

  it('has ports to spare, and gets more once all are taken', () => {
    const ports = (xml: string) => xml.match(/pcie-root-port/g)?.length
    const whole = completed(domain(disk), host())
    expect(ports(whole)).toBe(4)
    const full = completed(whole.replace('</devices>', `${card()}${card()}${card()}</devices>`), host())
    expect(ports(full)).toBe(7)
  })

  it('gives cards without an address different ones', () => {
    const macs = completed(domain(card() + card()), host()).match(/mac address='([^']*)'/g) ?? []
    expect(new Set(macs).size).toBe(2)
  })
})

describe('names of what runs', () => {
  it('stay with their devices when one before them goes', () => {
    const running = named(completed(domain(card() + card()), host()), host())
    const left = running.replace(/<interface[\s\S]*?<\/interface>/, '')
    expect(named(left, host())).toContain("<alias name='net1'/>")
    const more = left.replace('</devices>', `${card("<mac address='52:54:00:00:00:09'/>")}</devices>`)
    expect(named(completed(more, host({ isRunning: true })), host()).match(/net\d'/g)).toEqual([
      "net1'",
      "net0'",
    ])
  })
})

it('a machine that runs without a free port says so', () => {
  const running = named(completed(domain(disk), host()), host())
  const more = running.replace('</devices>', `${card()}${card()}${card()}${card()}</devices>`)
  expect(() => completed(more, host({ isRunning: true }))).toThrow('No PCI Express port of the running VM')
})
