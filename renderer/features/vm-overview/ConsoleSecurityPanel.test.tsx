import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { AppError } from '../../../shared/errors'
import type { ConsoleSecurity } from '../../../shared/model/console-security'
import { hostId, vmId } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { installFakeMain } from '../../api/fake'
import { ConsoleSecurityPanel } from './ConsoleSecurityPanel'

const ref = { host: hostId.parse('h'), vm: vmId.parse('11111111-2222-3333-4444-555555555555') }
const record = { id: ref.vm, host: ref.host, name: 'web-01', state: 'running' } as Vm

const security: ConsoleSecurity = {
  reach: 'ssh',
  isXen: false,
  defaults: { kind: 'unreadable', why: 'Root only.' },
  vms: [
    {
      id: ref.vm,
      name: 'web-01',
      isRunning: true,
      displays: [
        {
          type: 'vnc',
          listen: { kind: 'address', address: '0.0.0.0', scope: 'all' },
          port: 5900,
          password: 'yes',
          isPasswordTooLong: true,
          encrypted: 'no',
          verifiesClients: 'no',
          sasl: 'no',
        },
      ],
      pending: ['VNC with TLS on (vnc_tls)'],
      emulated: [],
      isPinned: false,
      isUnconfined: false,
    },
  ],
}

afterEach(cleanup)

test('a screen that a password alone guards is warned about, and what a restart would change is told', async () => {
  installFakeMain({ vms: { consoleSecurity: () => security } })
  render(<ConsoleSecurityPanel vm={ref} record={record} />)
  expect(await screen.findByText('Password only')).toBeTruthy()
  expect(screen.getByText('What is shown and typed crosses the network in the clear.')).toBeTruthy()
  expect(screen.getByText(/longer than eight characters/)).toBeTruthy()
  expect(screen.getByText('Restart the VM to change VNC with TLS on (vnc_tls).')).toBeTruthy()
})

test('a host that does not answer is told here, and can be asked again', async () => {
  let isDown = true
  installFakeMain({
    vms: {
      consoleSecurity: () => {
        if (isDown) throw new AppError('timed-out', 'The host did not answer in time')
        return security
      },
    },
  })
  render(<ConsoleSecurityPanel vm={ref} record={record} />)
  expect(await screen.findByText(/The host did not answer in time/)).toBeTruthy()
  isDown = false
  fireEvent.click(screen.getByRole('button', { name: 'Look again' }))
  expect(await screen.findByText('Password only')).toBeTruthy()
})
