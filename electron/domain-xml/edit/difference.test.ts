import { describe, expect, it } from 'vitest'
import { difference, withoutGone } from './difference'
import { parseElement } from './tree'

const root = (inner: string) => parseElement(`<domain>${inner}</domain>`)
const boots = (...devices: string[]): string =>
  `<os>${devices.map((one) => `<boot dev='${one}'/>`).join('')}</os>`

describe('what turns one definition into another', () => {
  it('makes an element behind the others when it belongs there', () => {
    expect(difference(root(boots('hd')), root(boots('hd', 'network')))).toEqual([
      { kind: 'set', path: './os/boot[2]/@dev', value: 'network' },
    ])
  })

  it('tells all from the place on where a new element belongs before others, as those are only made last', () => {
    expect(difference(root(boots('hd')), root(boots('network', 'hd')))).toEqual([
      { kind: 'set', path: './os/boot[1]/@dev', value: 'network' },
      { kind: 'set', path: './os/boot[2]/@dev', value: 'hd' },
    ])
  })

  it('can be taken in two: first what goes, then the rest', () => {
    const card = (mac: string): string => `<interface><mac address='${mac}'/></interface>`
    const before = root(`<devices>${card('one')}${card('two')}</devices>`)
    const after = root(`<devices>${card('two')}<rng model='virtio'/></devices>`)
    const between = withoutGone(before, after)
    expect(between.toString()).toBe(`<domain><devices>${card('two')}</devices></domain>`)
    expect(difference(before, between)).toMatchObject([{ kind: 'delete' }])
    expect(difference(between, after)).toEqual([
      { kind: 'set', path: './devices/rng/@model', value: 'virtio' },
    ])
  })
})
