import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import '../../test-dom'
import { drafted, itemOf, openPage, showHardware } from './panels/test-panel'

const general = itemOf('general', '', { name: 'web-01', osType: 'hvm', machine: 'q35' })
const clock = itemOf('clock', '', { offset: 'utc', rtcTickPolicy: 'catchup' })
const section = () => within(screen.getByRole('region', { name: 'Suggestions' }))

afterEach(cleanup)

test('what would do the guest good is told with the reason, and one click puts it among the changes', async () => {
  showHardware({
    items: [general, clock],
    view: {
      guest: {
        virtType: 'kvm',
        osType: 'hvm',
        architecture: 'x86_64',
        machine: 'q35',
        osId: 'http://debian.org/debian/12',
      },
    },
  })
  await openPage(/^General/)
  expect(section().getByText(/a new guest has little entropy/i)).toBeTruthy()
  fireEvent.click(section().getByRole('button', { name: 'Take over: Random numbers from the host' }))
  expect(drafted()).toEqual([
    {
      kind: 'add',
      device: 'rng',
      key: 'new-1',
      values: { model: 'virtio', backend: 'random', device: '/dev/urandom' },
    },
  ])
  // what is taken over is no longer suggested
  expect(screen.queryByRole('region', { name: 'Suggestions' })).toBeNull()
})

test('a suggestion sets and unsets fields of several pages at once', async () => {
  showHardware({
    items: [
      general,
      itemOf('clock', '', { offset: 'utc', kvmClockPresent: true, hpetPresent: false }),
      itemOf('features', '', { hypervMode: 'passthrough' }),
    ],
    view: {
      guest: {
        virtType: 'kvm',
        osType: 'hvm',
        architecture: 'x86_64',
        machine: 'q35',
        osId: 'http://microsoft.com/win/11',
      },
    },
  })
  await openPage(/^General/)
  fireEvent.click(section().getByRole('button', { name: 'Take over: Clock for Windows' }))
  expect(drafted()).toEqual([
    {
      kind: 'set',
      item: { kind: 'clock', key: '' },
      values: { offset: 'localtime' },
      unset: ['kvmClockPresent'],
    },
  ])
})

test('where there is nothing to suggest, nothing is shown, and other pages have none', async () => {
  showHardware({ items: [general, clock] })
  await openPage(/^General/)
  expect(screen.queryByRole('region', { name: 'Suggestions' })).toBeNull()
})
