import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { useEffect, useState } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import '../test-dom'
import {
  choice,
  cpuset,
  existingPath,
  firmwarePath,
  flag,
  has,
  hostChoice,
  integer,
  mac,
  problemOf,
  rows,
  secret,
  size,
  text,
  type Values,
} from '../../shared/model/hardware/field'
import { defineKind, type Problem } from '../../shared/model/hardware/kind'
import type { HostChoices } from '../../shared/model/host-choices'
import { hostId, vmId } from '../../shared/model/ids'
import { installFakeMain } from '../api/fake'
import { forgetHostData } from './host-data'
import { Groups } from './Groups'
import { ProblemNote } from './ProblemNote'
import { ScopeContext, type FormScope } from './scope'

const gib = 1024 ** 3
const none = { items: [] }
const choices: HostChoices = {
  networks: { items: [{ name: 'lab', isActive: true, forward: 'nat', portGroups: [] }] },
  interfaces: none,
  filters: none,
  pools: { items: [{ name: 'images', state: 'running', type: 'dir', path: '/srv/images' }] },
  secrets: none,
  macs: none,
}

const thing = defineKind({
  id: 'thing',
  label: 'Thing',
  role: 'device',
  fields: {
    name: { label: 'Name', type: text(), help: 'Any words.' },
    notes: { label: 'Notes', type: text({ isLong: true }) },
    password: { label: 'Password', type: secret(8) },
    count: { label: 'Count', type: integer(1, 8, 'queues'), absent: 'One for each CPU' },
    memory: { label: 'Memory', type: size(1024) },
    bus: {
      label: 'Bus',
      type: choice(['virtio', ['sata', 'SATA'], ['scsi', 'SCSI']], { offeredBy: 'thing.bus' }),
      isRequired: true,
    },
    model: { label: 'Model', type: choice([['e1000', 'Intel e1000']], { allowsOther: true }) },
    isOn: { label: 'On', type: flag, absent: 'No' },
    discard: { label: 'Discard', type: flag, absent: 'Hypervisor default' },
    address: { label: 'Address', type: mac },
    image: { label: 'Image', type: existingPath, when: has('bus', 'sata') },
    cpus: { label: 'CPUs', type: cpuset },
    network: { label: 'Network', type: hostChoice('network') },
    loader: { label: 'Firmware file', type: firmwarePath, when: has('bus', 'scsi') },
    features: {
      label: 'Features',
      type: rows('feature', {
        name: { label: 'Name', type: text(), isRequired: true },
        isOn: { label: 'On', type: flag, absent: 'No' },
      }),
    },
    alias: { label: 'Alias', type: text(), isReadOnly: true },
    rare: { label: 'Rare', type: text(), isAdvanced: true },
  },
  groups: [
    {
      title: '',
      fields: ['name', 'notes', 'password', 'count', 'memory', 'bus', 'model', 'isOn', 'discard'],
    },
    {
      title: 'Place',
      fields: ['address', 'image', 'cpus', 'network', 'loader', 'features', 'alias', 'rare'],
    },
  ],
  title: () => 'Thing',
})

/** What the form holds, as the last drawing got it. */
const form: { values: Values } = { values: {} }
const noParts: Partial<FormScope> = {}

function Form({ initial, parts = noParts }: { initial: Values; parts?: Partial<FormScope> }) {
  const [values, setValues] = useState(initial)
  useEffect(() => {
    form.values = values
  })
  const scope: FormScope = {
    target: { host: hostId.parse('h'), vm: vmId.parse('11111111-2222-3333-4444-555555555555') },
    kind: thing,
    values,
    context: {
      virtType: 'kvm',
      osType: 'hvm',
      architecture: 'x86_64',
      machine: 'q35',
      isRunning: false,
      items: [],
      capabilities: {
        virtType: 'kvm',
        architecture: 'x86_64',
        firmware: { kinds: ['efi'], loaders: ['/fw/OVMF_CODE_4M.ms.fd', '/fw/plain.fd'], secureBoot: 'yes' },
        cpuModes: [],
        cpuModels: [],
        devices: [
          { name: 'thing', isSupported: true, values: [{ name: 'bus', values: ['virtio', 'sata'] }] },
        ],
        features: [],
      },
    },
    set: (edits) =>
      setValues((before) =>
        Object.fromEntries(
          Object.entries({ ...before, ...edits }).filter(([, value]) => value !== undefined),
        ),
      ),
    problemAt: (id) => {
      const field = (thing.fields as Record<string, Parameters<typeof problemOf>[0]>)[id]
      return field && problemOf(field, values[id])
    },
    problems: [],
    ...parts,
  }
  return (
    <ScopeContext value={scope}>
      <Groups />
      {scope.problems.map((problem) => (
        <ProblemNote key={problem.message} problem={problem} />
      ))}
    </ScopeContext>
  )
}

const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label, { selector: 'input, textarea' }), { target: { value } })

beforeEach(() => {
  forgetHostData()
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, 0))
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test('text is set, emptied text is not set, and help stands below', () => {
  render(<Form initial={{ bus: 'virtio' }} />)
  expect(screen.getByText('Any words.')).toBeTruthy()
  type('Name', 'web')
  expect(form.values['name']).toBe('web')
  type('Name', '')
  expect('name' in form.values).toBe(false)
  expect(screen.getByLabelText('Notes').tagName).toBe('TEXTAREA')
})

test('a number says its unit and default, and what is no number stays in the box with the reason', () => {
  render(<Form initial={{ bus: 'virtio' }} />)
  expect(screen.getByLabelText<HTMLInputElement>('Count').placeholder).toBe('One for each CPU')
  expect(screen.getByText('queues')).toBeTruthy()
  type('Count', '4')
  expect(form.values['count']).toBe(4)
  type('Count', '4x')
  expect(screen.getByLabelText<HTMLInputElement>('Count').value).toBe('4x')
  expect(screen.getByText('Enter a whole number')).toBeTruthy()
  type('Count', '9')
  expect(screen.getByText('Enter 8 queues or less')).toBeTruthy()
  fireEvent.keyDown(screen.getByLabelText('Count'), { key: 'ArrowDown' })
  expect(form.values['count']).toBe(8)
})

test('a size is shown in its biggest exact unit and kept to the byte', () => {
  render(<Form initial={{ bus: 'virtio', memory: 3 * gib + 512 * 1024 ** 2 }} />)
  expect(screen.getByLabelText<HTMLInputElement>('Memory').value).toBe('3584')
  type('Memory', '2 g')
  expect(form.values['memory']).toBe(2 * gib)
  type('Memory', 'lots')
  expect(screen.getByText('Enter a size such as 512 MiB')).toBeTruthy()
  type('Memory', '-512')
  expect(screen.getByText('Enter 1 KiB or more')).toBeTruthy()
  type('Memory', '99999999 TiB')
  expect(screen.getByText('Enter less than 8 PiB, in whole bytes')).toBeTruthy()
})

test('a choice that the host does not offer is shown and says so', () => {
  render(<Form initial={{ bus: 'virtio' }} />)
  fireEvent.click(screen.getByRole('button', { name: /Bus/ }))
  const options = within(screen.getByRole('listbox'))
  const scsi = options.getByRole('option', { name: 'SCSI' })
  expect(scsi.getAttribute('aria-disabled')).toBe('true')
  expect(scsi.textContent).toContain('Not offered by this host')
  fireEvent.click(options.getByRole('option', { name: 'SATA' }))
  expect(form.values['bus']).toBe('sata')
})

test('a stored value that no list knows is kept', () => {
  render(<Form initial={{ bus: 'fancy' }} />)
  expect(screen.getByRole('button', { name: /Bus/ }).textContent).toContain('fancy')
})

test('where anything may be typed, a known value is shown by its words', () => {
  render(<Form initial={{ bus: 'virtio', model: 'e1000' }} />)
  expect(screen.getByLabelText<HTMLInputElement>('Model', { selector: 'input' }).value).toBe('Intel e1000')
  type('Model', 'rtl8139')
  expect(form.values['model']).toBe('rtl8139')
})

test('a flag with a plain default is a switch; another can be left to the hypervisor', () => {
  render(<Form initial={{ bus: 'virtio' }} />)
  fireEvent.click(screen.getByRole('switch', { name: 'On' }))
  expect(form.values['isOn']).toBe(true)
  const discard = screen.getByRole('button', { name: /Discard/ })
  expect(discard.textContent).toContain('Hypervisor default')
  fireEvent.click(discard)
  fireEvent.click(screen.getByRole('option', { name: 'No' }))
  expect(form.values['discard']).toBe(false)
})

test('a secret that is set is replaced or taken away, and never shown', () => {
  render(<Form initial={{ bus: 'virtio', password: true }} />)
  const group = screen.getByRole('group', { name: 'Password' })
  expect(group.textContent).toContain('Set')
  fireEvent.click(within(group).getByRole('button', { name: 'Change…' }))
  type('Password', 'secret')
  expect(form.values['password']).toBe('secret')
  expect(screen.getByLabelText<HTMLInputElement>('Password').type).toBe('password')
  cleanup()
  render(<Form initial={{ bus: 'virtio', password: true }} />)
  fireEvent.click(screen.getByRole('button', { name: 'Remove' }))
  expect('password' in form.values).toBe(false)
})

test('a MAC address is checked, and a fresh one is made', () => {
  render(<Form initial={{ bus: 'virtio', address: '01:00:00:00:00:01' }} />)
  expect(screen.getByText(/multicast address/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'New random address' }))
  expect(form.values['address']).toMatch(/^52:54:00(:[0-9a-f]{2}){3}$/)
})

test('a set of CPUs that cannot be read is told', () => {
  render(<Form initial={{ bus: 'virtio' }} />)
  type('CPUs', '0-3,x')
  expect(screen.getByText('Enter numbers and ranges such as 0-3,8')).toBeTruthy()
})

test('what the host has is offered, and anything may be typed', async () => {
  installFakeMain({ hosts: { choices: () => choices } })
  render(<Form initial={{ bus: 'virtio' }} />)
  fireEvent.click(await screen.findByRole('button', { name: /Offers for Network/ }))
  fireEvent.click(screen.getByRole('option', { name: /lab/ }))
  expect(form.values['network']).toBe('lab')
  type('Network', 'other')
  expect(form.values['network']).toBe('other')
})

test('a field that depends on another appears with it, and its path is chosen among the volumes', async () => {
  installFakeMain({
    hosts: {
      choices: () => choices,
      volumes: ({ pool }) => ({
        volumes: [{ name: 'web.qcow2', path: `/srv/${pool}/web.qcow2`, type: 'file' }],
        isTruncated: false,
      }),
    },
  })
  render(<Form initial={{ bus: 'virtio' }} />)
  expect(screen.queryByLabelText('Image')).toBeNull()
  cleanup()
  render(<Form initial={{ bus: 'sata' }} />)
  expect(screen.getByLabelText('Image')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Browse…' }))
  fireEvent.click(await screen.findByRole('row', { name: /web.qcow2/ }))
  expect(form.values['image']).toBe('/srv/images/web.qcow2')
})

test('firmware files that the host names are offered with what their names tell', () => {
  render(<Form initial={{ bus: 'scsi' }} />)
  fireEvent.click(screen.getByRole('button', { name: /Offers for Firmware file/ }))
  expect(screen.getAllByRole('option')).toHaveLength(2)
  const signed = screen.getByRole('option', { name: /OVMF_CODE_4M/ })
  expect(signed.textContent).toContain('Microsoft’s keys, 4 MB')
  fireEvent.click(signed)
  expect(form.values['loader']).toBe('/fw/OVMF_CODE_4M.ms.fd')
  type('Firmware file', 'relative')
  expect(screen.getByText(/absolute path on the host/)).toBeTruthy()
})

test('entries of a list are added by Enter, duplicated, moved and removed', () => {
  render(<Form initial={{ bus: 'virtio', features: [{ name: 'vmx' }] }} />)
  const first = screen.getByLabelText('Name of feature 1')
  fireEvent.keyDown(first, { key: 'Enter' })
  type('Name of feature 2', 'smx')
  expect(form.values['features']).toEqual([{ name: 'vmx' }, { name: 'smx' }])
  fireEvent.keyDown(screen.getByLabelText('Name of feature 2'), { key: 'ArrowUp', altKey: true })
  expect(form.values['features']).toEqual([{ name: 'smx' }, { name: 'vmx' }])
  fireEvent.click(screen.getByRole('button', { name: 'Duplicate feature 1' }))
  expect(form.values['features']).toEqual([{ name: 'smx' }, { name: 'smx' }, { name: 'vmx' }])
  for (const number of [3, 2, 1])
    fireEvent.click(screen.getByRole('button', { name: `Remove feature ${number}` }))
  expect('features' in form.values).toBe(false)
})

test('facts are no controls, and facts that are not known are left out', () => {
  render(<Form initial={{ bus: 'virtio', alias: 'ua-backup-disk' }} />)
  const fact = screen.getByRole('group', { name: 'Alias' })
  expect(fact.textContent).toContain('ua-backup-disk')
  expect(within(fact).queryByRole('textbox')).toBeNull()
  expect(within(fact).getByRole('button', { name: 'Copy Alias' })).toBeTruthy()
  cleanup()
  render(<Form initial={{ bus: 'virtio', alias: 'ua-disk' }} />)
  expect(screen.queryByRole('button', { name: 'Copy Alias' })).toBeNull()
  cleanup()
  render(<Form initial={{ bus: 'virtio' }} />)
  expect(screen.queryByRole('group', { name: 'Alias' })).toBeNull()
})

test('rare settings are behind a button, except those that are set', () => {
  render(<Form initial={{ bus: 'virtio' }} />)
  expect(screen.queryByLabelText('Rare')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: /More settings/ }))
  type('Rare', 'x')
  expect(form.values['rare']).toBe('x')
  cleanup()
  render(<Form initial={{ bus: 'virtio', rare: 'x' }} />)
  expect(screen.getByLabelText('Rare')).toBeTruthy()
})

test('a rule that knows a way out offers it as a button', () => {
  const problem: Problem = {
    severity: 'warning',
    message: 'A disk on SATA is slow.',
    fix: { label: 'Use VirtIO', changes: [] },
  }
  const fix = vi.fn()
  render(<Form initial={{ bus: 'virtio' }} parts={{ problems: [problem], fix }} />)
  fireEvent.click(screen.getByRole('button', { name: 'Use VirtIO' }))
  expect(fix).toHaveBeenCalledWith([])
})

test('nothing can be changed while there is a reason not to', () => {
  render(
    <Form
      initial={{ bus: 'virtio', features: [{ name: 'vmx' }] }}
      parts={{ disabledReason: 'The host is not connected' }}
    />,
  )
  for (const label of ['Name', 'Notes', 'Count', 'Memory', 'Address', 'Name of feature 1'])
    expect(screen.getByLabelText<HTMLInputElement>(label).disabled).toBe(true)
  expect(screen.getByRole<HTMLInputElement>('switch', { name: 'On' }).disabled).toBe(true)
})
