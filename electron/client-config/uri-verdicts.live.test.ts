import { execFile } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { accepted, refused, type AcceptedCase } from '../../shared/model/host-uri.cases'

/**
 * libvirt's own client on the same URIs, in a network namespace without a network, so that nothing is reached. It
 * answers an unusable URI at once and in other words than a host that is not there.
 */
function verdictOfVirsh(uri: string): Promise<{ isRefused: boolean; words: string }> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'unshare',
      ['--net', 'virsh', '--connect', uri, 'uri'],
      { timeout: 20_000, env: { PATH: process.env['PATH'], LC_ALL: 'C', HOME: '/nonexistent' } },
      (error, _stdout, stderr) => {
        if (!error) return reject(new Error(`virsh reached something by ${uri}`))
        const isRefused =
          /invalid argument|Unable to parse URI|does not include a driver name|Cannot use direct socket mode/.test(
            stderr,
          )
        resolve({ isRefused, words: stderr })
      },
    )
    child.stdin?.end()
  })
}

/** Drivers inside libvirt's client library, which ask and answer in their own way. */
const clientDrivers = new Set(['esx', 'vpx', 'hyperv', 'vmwareplayer', 'vmwarews', 'vmwarefusion', 'vbox'])

/** Why libvirt's verdict about a row cannot be had; undefined when it can. */
function incomparable({ driver, transport, host }: AcceptedCase): string | undefined {
  if (clientDrivers.has(driver)) return 'its driver is inside the client and asks and answers in its own way'
  if (transport === 'unix') return 'it reaches, or even starts, a daemon of this computer'
  if (host === undefined) return 'it names this computer, which ssh or a program would then be asked for'
  return undefined
}

const comparable = accepted.filter((row) => incomparable(row) === undefined)
const alike = refused.filter(({ ours }) => ours === undefined)
const stricter = refused.filter(({ ours, uri }) => ours !== undefined && uri !== '')

describe('libvirt’s client', () => {
  it.each(comparable)('takes $uri too', async ({ uri }) => {
    expect(await verdictOfVirsh(uri)).toMatchObject({ isRefused: false })
  })

  it.each(alike)('refuses $uri too', async ({ uri }) => {
    expect(await verdictOfVirsh(uri)).toMatchObject({ isRefused: true })
  })

  it.each(stricter)('takes $uri, which is refused here on purpose', async ({ uri }) => {
    expect(await verdictOfVirsh(uri)).toMatchObject({ isRefused: false })
  })

  it('was asked about all rows but those of known reasons', () => {
    const left: Record<string, number> = {}
    for (const row of accepted) {
      const reason = incomparable(row)
      if (reason !== undefined) left[reason] = (left[reason] ?? 0) + 1
    }
    expect(left).toEqual({
      'its driver is inside the client and asks and answers in its own way': 7,
      'it reaches, or even starts, a daemon of this computer': 31,
      'it names this computer, which ssh or a program would then be asked for': 2,
    })
    // the empty URI is the default of the machine the test runs on
    expect(refused.length - alike.length - stricter.length).toBe(1)
  })
})
