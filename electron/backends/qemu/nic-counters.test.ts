import { expect, it } from 'vitest'
import { nicsFrom } from './nic-counters'

const table = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9
  tap0: 1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0
`

it('cards are told with what the guest sent and received, which is the other way round at the host', () => {
  expect(nicsFrom(`41 tap0\n${table}`).get(41)).toEqual([
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
  ])
})

it('cards that the host counts nothing of are not told', () => {
  expect([...nicsFrom(`41 tap9\n${table}`).keys()]).toEqual([])
  expect([...nicsFrom('sh: not found\ntap0: 1 2\n41 tap0\n').keys()]).toEqual([])
})
