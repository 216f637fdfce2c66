import { describe, expect, it } from 'vitest'
import { vmName } from '../vm'
import { seriesNames, suggestName } from './names'

describe('a suggested name', () => {
  it('is the short name of the operating system', () => {
    expect(suggestName({ shortId: 'debian12' }, [])).toBe('debian12')
  })

  it('gets the next number that is free, whatever the case of the others', () => {
    expect(suggestName({ shortId: 'debian12' }, ['Debian12', 'debian12-2', 'web'])).toBe('debian12-3')
  })

  it.each([
    [{ kind: 'volume', pool: 'iso', volume: 'debian-12.5.0-netinst.iso' }, 'debian-12.5.0-netinst'],
    [{ kind: 'path', path: '/home/anna/My disk (1).QCOW2' }, 'My-disk-1'],
    [{ kind: 'path', path: '/isos/.iso' }, 'vm'],
    [{ kind: 'path', path: '/dev/日本' }, 'vm'],
  ] as const)('comes from the medium %j where no system is known', (medium, name) => {
    expect(suggestName({ medium }, [])).toBe(name)
  })

  it.each(['-rf /', '../../etc', 'a'.repeat(4000), '  ', 'name\nwith "quotes" & <tags>'])(
    'keeps the rules for names, whatever it was made from: %j',
    (text) => {
      const name = suggestName({ shortId: text, medium: { kind: 'path', path: `/${text}` } }, [])
      expect(vmName.safeParse(name).success).toBe(true)
      expect(name).toMatch(/^[A-Za-z0-9]/)
    },
  )
})

it('several VMs are numbered from one, or from the number that the name ends in', () => {
  expect(seriesNames('web', 3)).toEqual(['web-01', 'web-02', 'web-03'])
  expect(seriesNames('debian12', 2)).toEqual(['debian12-01', 'debian12-02'])
  expect(seriesNames('web-09', 2)).toEqual(['web-09', 'web-10'])
  expect(seriesNames('node-7', 1)).toEqual(['node-7'])
  expect(seriesNames('node_098', 3)).toEqual(['node_098', 'node_099', 'node_100'])
})
