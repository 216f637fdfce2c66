import { expect, test } from 'vitest'
import { adviseOn, type Advice, type HostHardening } from './host-security'

const good: HostHardening = {
  securityModels: ['apparmor', 'dac'],
  ksm: 'off',
  smt: 'off',
  nested: 'off',
  seccomp: 'on',
  smep: 'on',
  smap: 'on',
  hap: 'on',
  openFlaws: [],
}
const guest = { name: 'web-01', isRunning: true, emulated: [], isPinned: true, isUnconfined: false }
const all = { hypervisor: 'QEMU', secureBoot: 'yes', memoryEncryption: ['SEV'], guests: [guest] } as const

function point(id: string, host: HostHardening, extra: Parameters<typeof adviseOn>[1] = all): Advice {
  const found = adviseOn(host, extra).find((advice) => advice.id === id)
  if (!found) throw new Error(`No advice ${id}`)
  return found
}

test('a host with every protection has nothing to be done', () => {
  expect(adviseOn(good, all).filter(({ state }) => state !== 'good')).toEqual([])
})

test('what should be changed comes first, each with a cure', () => {
  const advice = adviseOn({ ...good, securityModels: ['dac'], ksm: 'on', smt: 'on', openFlaws: ['mds'] }, all)
  expect(advice.slice(0, 4).map(({ id, state }) => `${id} ${state}`)).toEqual([
    'confinement act',
    'flaws act',
    'ksm consider',
    'smt consider',
  ])
  for (const { state, cure } of advice) if (state !== 'good') expect(cure).toBeTruthy()
})

test('what is unknown stays unknown and says why', () => {
  const blind = { ...good, ksm: 'unknown', smt: 'unknown', whyUnknown: 'No command can be run.' } as const
  expect(point('ksm', blind)).toMatchObject({ state: 'unknown', finding: 'No command can be run.' })
  expect(point('secure-boot', good, { hypervisor: 'QEMU' }).state).toBe('unknown')
  expect(point('virtio', good, { hypervisor: 'QEMU' }).state).toBe('unknown')
})

test('VMs with emulated devices and those that opted out of confinement are named', () => {
  const guests = [{ ...guest, emulated: ['disk hda (ide)'], isUnconfined: true, isPinned: false }]
  expect(point('virtio', good, { ...all, guests }).vms).toEqual(['web-01: disk hda (ide)'])
  expect(point('confinement', good, { ...all, guests })).toMatchObject({ state: 'act', vms: ['web-01'] })
  expect(point('pinning', good, { ...all, guests }).finding).toBe('0 of 1 running VM are pinned.')
})

test('the words of the field are there: sVirt, FLASK, seccomp, SMEP, HAP', () => {
  const titles = adviseOn(good, all)
    .map(({ title }) => title)
    .join(' ')
  for (const word of ['sVirt', 'FLASK', 'seccomp', 'SMEP', 'HAP', 'KSM', 'SMT', 'Secure Boot', 'virtio']) {
    expect(titles).toContain(word)
  }
  expect(adviseOn(good, { ...all, hypervisor: 'Xen' }).map(({ id }) => id)).not.toContain('seccomp')
})
