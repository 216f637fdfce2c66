import { describe, expect, it } from 'vitest'
import { AppError } from '../errors'
import { accepted, refused } from './host-uri.cases'
import {
  daemonUri,
  defaultPort,
  formatHostUri,
  parseHostUri,
  uriFlag,
  uriParam,
  type HostUri,
} from './host-uri'

describe('a URI is taken apart', () => {
  it.each(accepted)('$uri', ({ uri, params = {}, daemon, ...parts }) => {
    const parsed = parseHostUri(uri)
    const { params: given, fragment: _, ...others } = parsed
    expect(others).toEqual(parts)
    expect(Object.fromEntries(given.map((one) => [one.name, one.value]))).toEqual(params)
    expect(daemonUri(parsed)).toBe(daemon)
  })
})

describe('a URI is refused at its field', () => {
  it.each(refused)('$uri', ({ uri, because }) => {
    expect(() => parseHostUri(uri)).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        field: 'uri',
        message: expect.stringContaining(because),
        cure: expect.stringMatching(/\w/),
      }),
    )
  })
})

describe('a URI is written', () => {
  it.each(accepted.map(({ uri }) => uri))('so that it means the same: %s', (uri) => {
    const parsed = parseHostUri(uri)
    expect(parseHostUri(formatHostUri(parsed))).toEqual(parsed)
  })

  it.each([
    ['qemu://host/system', 'qemu+tls://host/system'],
    ['QEMU+SSH://host/system?Netcat=/a b'.replace(' ', '%20'), 'qemu+ssh://host/system?netcat=/a%20b'],
    ['qemu+ssh://r@[::1]:22/system#x', 'qemu+ssh://r@[::1]:22/system#x'],
    ['qemu:/system', 'qemu:///system'],
  ])('%s as %s', (uri, text) => {
    expect(formatHostUri(parseHostUri(uri))).toBe(text)
  })

  it('with any names and values, and read back', () => {
    const random = generator(20_261_124)
    for (let round = 0; round < 2000; round += 1) {
      const uri = randomUri(random)
      expect(parseHostUri(formatHostUri(uri)), formatHostUri(uri)).toEqual(uri)
    }
  })
})

it('whatever is typed ends in a URI or an AppError', () => {
  const random = generator(7)
  const alphabet = 'qemu+ssh:/@[]?#&;=%.-_ 0é\n'
  for (let round = 0; round < 20_000; round += 1) {
    const text = Array.from({ length: Math.floor(random() * 24) }, () =>
      alphabet.charAt(Math.floor(random() * alphabet.length)),
    ).join('')
    try {
      parseHostUri(text)
    } catch (error) {
      expect(error, JSON.stringify(text)).toBeInstanceOf(AppError)
    }
  }
})

it('parameters are found by any spelling of their name, and switches by any number', () => {
  const uri = parseHostUri('qemu+ssh://h/system?NO_TTY=2&no_verify=0&KeyFile=/k')
  expect(uriParam(uri, 'keyfile')).toBe('/k')
  expect(uriParam(uri, 'KEYFILE')).toBe('/k')
  expect([uriFlag(uri, 'no_tty'), uriFlag(uri, 'no_verify'), uriFlag(uri, 'no_sanity')]).toEqual([
    true,
    false,
    false,
  ])
})

it('transports have the ports of ssh and libvirtd', () => {
  expect(
    ['ssh', 'libssh2', 'tls', 'tcp', 'unix'].map((one) => defaultPort(one as HostUri['transport'])),
  ).toEqual([22, 22, 16_514, 16_509, undefined])
})

/** Park and Miller's; the same numbers in every run. */
function generator(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

function randomUri(random: () => number): HostUri {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const text = (): string =>
    Array.from({ length: 1 + Math.floor(random() * 6) }, () =>
      pick(['a', 'Z', '7', '.', '&', ';', '=', '%', 'é', ' ', '#', '?', '@', '+', '/']),
    ).join('')
  const word = (): string => `n${text().replaceAll('/', '')}`
  const transport = pick(['ssh', 'tls', 'tcp', 'unix'] as const)
  const host =
    transport === 'unix' ? {} : { host: pick(['h.example.com', '::1', 'fe80::1%eth0', '10.0.0.1']) }
  return {
    driver: pick(['qemu', 'xen', 'lxc', 'test']),
    transport,
    ...host,
    ...('host' in host && random() < 0.5 ? { user: word() } : {}),
    ...('host' in host && random() < 0.5 ? { port: 1 + Math.floor(random() * 65_535) } : {}),
    path: `/${pick(['system', 'session', text()])}`,
    params: Array.from({ length: Math.floor(random() * 4) }, () => ({
      name: pick(['socket', 'netcat', 'keyfile', `x${word()}`]),
      value: random() < 0.2 ? '' : text(),
    })),
    ...(random() < 0.2 ? { fragment: text() } : {}),
  }
}
