import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useEffect, useState } from 'react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import '../test-dom'
import {
  choice,
  existingPath,
  has,
  hostChoice,
  mac,
  text,
  type Values,
} from '../../shared/model/hardware/field'
import type { Problem } from '../../shared/model/hardware/kind'
import { hostId } from '../../shared/model/ids'
import { installFakeMain } from '../api/fake'
import { forgetHostData } from './host-data'
import { formProblems } from './plain-scope'
import type { FormKind } from './scope'
import { SimpleForm } from './SimpleForm'

const none = { items: [] }
const share: FormKind = {
  id: 'share',
  label: 'Share',
  fields: {
    name: { label: 'Name', type: text(), isRequired: true },
    type: {
      label: 'Type',
      type: choice([
        ['dir', 'Folder'],
        ['net', 'Network folder'],
      ]),
      isRequired: true,
    },
    server: { label: 'Server', type: text(), isRequired: true, when: has('type', 'net') },
    key: { label: 'Key', type: existingPath },
    bridge: { label: 'Bridge', type: hostChoice('bridge') },
    model: { label: 'CPU', type: hostChoice('cpu-model') },
    address: { label: 'Address', type: mac },
  },
  groups: [
    { title: '', fields: ['name', 'type', 'server'] },
    { title: 'More', panel: 'nobody-has-it', fields: ['key', 'bridge', 'model', 'address'] },
  ],
}

function rulesOf({ name, server }: Values): Problem[] {
  return [
    ...(name === 'tmp' ? [{ severity: 'error' as const, field: 'name', message: 'The name is taken.' }] : []),
    ...(server === undefined ? [] : [{ severity: 'warning' as const, message: 'It is slow.' }]),
    ...(name === undefined ? [{ severity: 'error' as const, message: 'It needs a name.' }] : []),
  ]
}

const form: { values: Values } = { values: {} }

function Form({ initial, isTried = false }: { readonly initial: Values; readonly isTried?: boolean }) {
  const [values, setValues] = useState(initial)
  useEffect(() => {
    form.values = values
  })
  return (
    <SimpleForm
      host={hostId.parse('h')}
      kind={share}
      values={values}
      onChange={setValues}
      problems={rulesOf(values)}
      isTried={isTried}
    />
  )
}

const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label, { selector: 'input' }), { target: { value } })

beforeEach(() => {
  forgetHostData()
  installFakeMain({
    hosts: {
      choices: () => ({
        networks: none,
        interfaces: { items: [{ name: 'br0', kind: 'bridge', isUp: true, addresses: [] }] },
        filters: none,
        pools: { items: [{ name: 'images', state: 'running', type: 'dir', path: '/srv/images' }] },
        secrets: none,
        macs: none,
      }),
      volumes: () => ({
        volumes: [{ name: 'key.pem', path: '/srv/images/key.pem', type: 'file' }],
        isTruncated: false,
      }),
    },
  })
})
afterEach(cleanup)

test('what is empty is told once it was tried to send, what is wrong at once', () => {
  const { rerender } = render(<Form initial={{}} />)
  expect(screen.queryByText('Enter a name')).toBeNull()
  expect(screen.queryByText('It needs a name.')).toBeNull()
  rerender(<Form initial={{}} isTried />)
  expect(screen.getByText('Enter a name')).toBeTruthy()
  expect(screen.getByText('It needs a name.')).toBeTruthy()
  rerender(<Form initial={{}} />)
  type('Name', 'tmp')
  expect(screen.getByText('The name is taken.')).toBeTruthy()
})

test('a value that makes no sense any more goes with the choice it belonged to', () => {
  render(<Form initial={{ name: 'a', type: 'net', server: 's' }} />)
  expect(screen.getByText('It is slow.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: /Type/ }))
  fireEvent.click(screen.getByRole('option', { name: 'Folder' }))
  expect(form.values).toEqual({ name: 'a', type: 'dir' })
  expect(screen.queryByLabelText('Server')).toBeNull()
})

test('what the host has can be chosen without any VM, and a group without its panel is plain fields', async () => {
  render(<Form initial={{ name: 'a', type: 'dir' }} />)
  fireEvent.click(await screen.findByRole('button', { name: /Offers for Bridge/ }))
  fireEvent.click(screen.getByRole('option', { name: /br0/ }))
  fireEvent.click(screen.getByRole('button', { name: 'Browse…' }))
  fireEvent.click(await screen.findByRole('row', { name: /key.pem/ }))
  fireEvent.click(screen.getByRole('button', { name: 'New random address' }))
  expect(form.values).toMatchObject({ bridge: 'br0', key: '/srv/images/key.pem' })
  expect(form.values['address']).toMatch(/^52:54:00(:[0-9a-f]{2}){3}$/)
})

test('all that keeps a form from being sent is told in sentences, without warnings and hidden fields', () => {
  const all = (values: Values) => formProblems(share, values, rulesOf(values))
  expect(all({})).toEqual(['Enter a name', 'Enter a type', 'It needs a name.'])
  expect(all({ name: 'tmp', type: 'dir' })).toEqual(['The name is taken.'])
  expect(all({ name: 'a', type: 'net' })).toEqual(['Enter a server'])
  expect(all({ name: 'a', type: 'net', server: 's' })).toEqual([])
})
