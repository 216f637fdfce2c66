// @vitest-environment jsdom
/** What kind of machine it is, chosen by hand: on hosts with several, and what each can start from. */
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, it } from 'vitest'
import '../../test-dom'
import type { GuestKind } from '../../../shared/model/host-details'
import { hostId } from '../../../shared/model/ids'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import { guestOf, suggest, type Offer } from '../../../shared/model/new-vm/suggest'
import type { Wishes } from '../../../shared/model/new-vm/wishes'
import { installFakeMain } from '../../api/fake'
import { forgetHostData } from '../../form/host-data'
import { SourceStep } from './SourceStep'
import { SystemStep } from './SystemStep'
import { WizardContext } from './wizard'

const host = hostId.parse('a')

const kind = (
  osType: string,
  architecture: string,
  virtTypes: readonly string[],
  machines: readonly string[] = [],
): GuestKind => ({
  osType,
  architecture,
  virtTypes: virtTypes.map((name) => ({ name })),
  machines: machines.map((name) => ({ name, isDeprecated: false })),
  features: [],
})
const qemuHost = [
  kind('hvm', 'x86_64', ['kvm', 'qemu'], ['pc', 'q35']),
  kind('hvm', 'aarch64', ['qemu'], ['virt', 'virt-7.2']),
]
const xenHost = ['hvm', 'xen', 'xenpvh'].map((osType) => kind(osType, 'x86_64', ['xen']))

/** The two steps below each other, with what would be made of the choices. */
function Steps({ guests, told }: { guests: readonly GuestKind[]; told: (input?: NewVmInput) => void }) {
  const [wishes, setWishes] = useState<Wishes>({ name: 'new' })
  const capabilities = { guests }
  const info = { architecture: 'x86_64', cpuCount: 4, memoryBytes: 2 ** 34 }
  const { kind: chosen, virtType } = guestOf(wishes, { capabilities, info, os: undefined })
  const offer: Offer = {
    host,
    info,
    capabilities,
    guest: {
      virtType,
      architecture: chosen?.architecture ?? '',
      firmware: { kinds: ['bios', 'efi'], loaders: [], secureBoot: 'no' },
      cpuModes: [],
      cpuModels: [],
      devices: [],
      features: [],
    },
    choices: {
      networks: { items: [{ name: 'default', isActive: true, forward: 'nat', portGroups: [] }] },
      interfaces: { items: [] },
      pools: { items: [{ name: 'images', state: 'running', type: 'dir', path: '/images' }] },
    },
    vmNames: [],
  }
  const { shown, input } = suggest(wishes, offer)
  told(input)
  const nothing = (): void => undefined
  return (
    <WizardContext.Provider
      // drawn anew with each choice
      // oxlint-disable-next-line react/jsx-no-constructed-context-values
      value={{
        host,
        DraftEditor: () => null,
        wishes,
        shown,
        known: {
          offer,
          tree: { isLoading: false, reload: nothing },
          isOsDetected: false,
          capabilities: { value: capabilities, isLoading: false },
        },
        problems: [],
        set: (change) => setWishes((before) => ({ ...before, ...change })),
        clear: (...keys) =>
          setWishes((before) =>
            Object.fromEntries(Object.entries(before).filter(([key]) => !keys.includes(key as keyof Wishes))),
          ),
        typedXml: undefined,
        typeXml: nothing,
        goTo: nothing,
        planAgain: nothing,
      }}
    >
      <SourceStep />
      <SystemStep />
    </WizardContext.Provider>
  )
}

function show(guests: readonly GuestKind[]): () => NewVmInput | undefined {
  installFakeMain({
    hosts: { nodeDevices: () => [], volumes: () => ({ volumes: [], isTruncated: false }) },
    os: { search: () => [] },
  })
  let made: NewVmInput | undefined
  render(<Steps guests={guests} told={(input) => (made = input)} />)
  fireEvent.click(screen.getByText('Machine, firmware and TPM'))
  return () => made
}

// by their texts: what role each part of a page has takes a busy machine seconds to work out
const way = (name: string): HTMLInputElement => {
  const input = screen.getByText(name).closest('label')?.querySelector('input')
  if (!input) throw new Error(`There is no ${name}`)
  return input
}
const options = async (label: string): Promise<HTMLElement[]> => {
  fireEvent.click(await screen.findByRole('button', { name: new RegExp(`${label}$`) }))
  return within(await screen.findByRole('listbox', { name: label })).getAllByRole('option')
}
const pick = (from: readonly HTMLElement[], name: RegExp): void => {
  const found = from.find((option) => name.test(option.textContent))
  if (!found) throw new Error(`There is no ${name.source}`)
  fireEvent.click(found)
}
const choose = async (label: string, name: RegExp): Promise<void> => pick(await options(label), name)
afterEach(() => {
  cleanup()
  forgetHostData()
})

it('on a Xen host the kind of guest decides what it can start from', async () => {
  const made = show(xenHost)
  for (const name of ['ISO image', 'Network boot']) expect(way(name).disabled).toBe(false)
  const kinds = await options('Kind of guest')
  expect(kinds.map(({ textContent }) => textContent)).toEqual([
    'x86_64',
    'x86_64, paravirtualised',
    'x86_64, xenpvh',
  ])
  pick(kinds, /xenpvh/)
  for (const name of ['ISO image', 'Network boot']) expect(way(name).disabled).toBe(true)
  await choose('Kind of guest', /paravirtualised/)
  for (const name of ['ISO image', 'Network boot']) expect(way(name).disabled).toBe(true)
  for (const name of ['Existing disk', 'Network install']) expect(way(name).disabled).toBe(false)
  expect(screen.queryByRole('button', { name: /Firmware$/ })).toBeNull()
  fireEvent.click(way('No medium'))
  expect(made()?.guest).toEqual({ virtType: 'xen', osType: 'xen', architecture: 'x86_64' })
})

it('emulation, another machine, UEFI and no screen are chosen where the host has them', async () => {
  const made = show(qemuHost)
  fireEvent.click(way('No medium'))
  expect(made()).toMatchObject({ guest: { virtType: 'kvm', machine: 'q35' }, graphics: 'vnc' })
  fireEvent.click(screen.getByText('None, text only'))
  const machines = await options('Machine')
  expect(machines.map(({ textContent }) => textContent)).toEqual(["The hypervisor's usual one", 'pc', 'q35'])
  pick(machines, /^pc$/)
  await choose('Runs by', /^Emulation/)
  await choose('Firmware', /^UEFI/)
  expect(made()).toMatchObject({
    guest: { virtType: 'qemu', osType: 'hvm', architecture: 'x86_64', machine: 'pc' },
    firmware: 'efi',
    graphics: 'none',
  })
})

it('another architecture has machines of its own, and is said to be emulated', async () => {
  const made = show(qemuHost)
  fireEvent.click(way('No medium'))
  expect(screen.queryByText(/the guest is emulated, which is slow/)).toBeNull()
  await choose('Kind of guest', /aarch64/)
  expect(screen.getByText('The host is x86_64: the guest is emulated, which is slow.')).toBeTruthy()
  const machines = await options('Machine')
  expect(machines.map(({ textContent }) => textContent)).toEqual([
    "The hypervisor's usual one",
    'virt',
    'virt-7.2',
  ])
  pick(machines, /^virt-7.2$/)
  expect(made()?.guest).toEqual({
    virtType: 'qemu',
    osType: 'hvm',
    architecture: 'aarch64',
    machine: 'virt-7.2',
  })
})
