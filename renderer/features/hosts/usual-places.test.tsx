import { renderHook } from '@testing-library/react'
import { expect, it } from 'vitest'
import { installFakeMain } from '../../api/fake'
import { replaceHosts } from '../../stores/hosts'
import { connectedHost } from '../../stores/test-host'
import type { MenuEntry } from '../../ui/Menu'
import { useIsUsual, usualEntry } from './usual-places'

const host = connectedHost('h', { usualPool: 'fast', usualNetwork: 'office' })
const isUsual = (...place: ['usualPool' | 'usualNetwork', string]): boolean =>
  renderHook(() => useIsUsual(host.id, ...place)).result.current

function choose(entry: MenuEntry): void {
  if (entry === 'separator' || !('run' in entry)) throw new Error('The entry does nothing')
  entry.run()
}

it('one pool and one network of a host are marked as those for what is new', () => {
  replaceHosts([host])
  expect(isUsual('usualPool', 'fast')).toBe(true)
  expect(isUsual('usualPool', 'office')).toBe(false)
  expect(isUsual('usualNetwork', 'office')).toBe(true)
})

it('choosing another one keeps it, and choosing it again takes it away', () => {
  const main = installFakeMain({ hosts: { update: () => undefined } })
  choose(usualEntry(host.id, 'usualPool', 'slow', false))
  choose(usualEntry(host.id, 'usualNetwork', 'office', true))
  expect(main.calls.map(({ input }) => input)).toEqual([
    { host: host.id, usualPool: 'slow' },
    { host: host.id, usualNetwork: '' },
  ])
})
