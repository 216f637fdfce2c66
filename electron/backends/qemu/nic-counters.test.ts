import { expect, it } from 'vitest'
import { nicsFrom } from './nic-counters'

it('cards are told with what the guest sent and received, which is the other way round at the host', () => {
  const text = '41 tap0 1 2 3 4 5 6 7 8\n41 tap1 1 2 - - 5 6 - -\n'
  expect(nicsFrom(text).get(41)).toEqual([
    {
      name: 'tap0',
      sendBytes: 1,
      sendPackets: 2,
      sendErrors: 3,
      sendDrops: 4,
      receiveBytes: 5,
      receivePackets: 6,
      receiveErrors: 7,
      receiveDrops: 8,
    },
    { name: 'tap1', sendBytes: 1, sendPackets: 2, receiveBytes: 5, receivePackets: 6 },
  ])
})

it('lines that are none of a card are passed over', () => {
  expect([...nicsFrom('\nsh: not found\n41 tap0 1 2\n').keys()]).toEqual([])
})
