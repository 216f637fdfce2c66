import { describe, expect, it } from 'vitest'
import { lackingIn } from './cpu'
import { figuresOf } from './figures'
import { withMachine } from './move'
import { offered, read, write } from './talk'

describe('a move without libvirt', () => {
  it('reads of QEMU’s answers what the host lacks of a processor', () => {
    const answers = [
      '{"QMP": {"version": {}}}',
      '{"return": {}}',
      '{"return": [{"name": "qemu64", "unavailable-features": []}, {"name": "Skylake-Server", "unavailable-features": ["avx512f"]}, {"name": "base"}]}',
      'no JSON at all',
    ].join('\n')
    expect(lackingIn(answers, 'qemu64')).toEqual([])
    expect(lackingIn(answers, 'Skylake-Server')).toEqual(['avx512f'])
    expect(lackingIn(answers, 'base')).toBeUndefined()
    expect(lackingIn(answers, 'unheard-of')).toBeUndefined()
  })

  it('calls the machine what every version of QEMU calls it', () => {
    const definition = "<domain><os><type arch='x86_64' machine='q35'>hvm</type></os></domain>"
    const canonicalOf = (name: string): string | undefined => (name === 'q35' ? 'pc-q35-7.2' : undefined)
    expect(withMachine(definition, canonicalOf)).toBe(definition.replace('q35', 'pc-q35-7.2'))
    const exact = definition.replace('q35', 'pc-q35-6.0')
    expect(withMachine(exact, canonicalOf)).toBe(exact)
  })

  it('tells memory and disks together, and of what nobody tells nothing', () => {
    const disks = [{ doneBytes: 10, totalBytes: 30 }]
    expect(figuresOf({}, disks)).toEqual({
      phase: 'copying',
      doneBytes: 10,
      totalBytes: 30,
      remainingBytes: 20,
      diskRemainingBytes: 20,
    })
    const ram = {
      transferred: 5,
      total: 100,
      remaining: 90,
      mbps: 8,
      'dirty-pages-rate': 2,
      'page-size': 4096,
    }
    expect(figuresOf({ ram, 'expected-downtime': 300 }, disks)).toMatchObject({
      doneBytes: 15,
      totalBytes: 130,
      remainingBytes: 110,
      bytesPerSecond: 1_000_000,
      dirtyBytesPerSecond: 8192,
      downtimeMs: 300,
    })
    expect(figuresOf({ status: 'setup' }, [])).toEqual({ phase: 'copying' })
  })

  it('takes from the other end only what it can be', () => {
    const from = { machine: 'boot net', files: 'mnt', user: 0, group: 0 }
    expect(read(offered, write({ from }))).toEqual({ from })
    expect(() => read(offered, Buffer.from('{"from":{"machine":1}}'))).toThrow('The other host told nothing')
    expect(() => read(offered, new Uint8Array())).toThrow('The other host told nothing')
  })
})
