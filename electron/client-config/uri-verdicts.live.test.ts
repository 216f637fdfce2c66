import { execFile } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { accepted, refused } from '../../shared/model/host-uri.cases'

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

// A local URI reaches, or even starts, a daemon of this computer: no verdict about its grammar can be had.
// A name= that is empty asks the daemon; a client without a terminal cannot tell spaces around a URI.
const comparable = accepted.filter(
  ({ driver, transport, host }) => host !== undefined && transport !== 'unix' && !clientDrivers.has(driver),
)
const alike = refused.filter(({ ours }) => ours === undefined)

describe('libvirt’s client', () => {
  it.each(comparable)('takes $uri too', async ({ uri }) => {
    expect(await verdictOfVirsh(uri)).toMatchObject({ isRefused: false })
  })

  it.each(alike)('refuses $uri too', async ({ uri }) => {
    expect(await verdictOfVirsh(uri)).toMatchObject({ isRefused: true })
  })

  it('was asked about most of the table', () => {
    expect(comparable.length + alike.length).toBeGreaterThan(100)
  })
})
