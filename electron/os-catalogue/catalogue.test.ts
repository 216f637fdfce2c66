import { statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { osDevices } from '../../shared/model/os/os'
import { OsCatalogue, osCatalogue } from './catalogue'
import { OperatingSystems } from './operating-systems'
import { fits, matchOf } from './pattern'

const noHosts = {
  get: (): never => {
    throw new Error('No host is asked')
  },
}
/** What is given up depends on the day. */
const now = Date.UTC(2025, 6, 1)
const systems = new OperatingSystems({
  hosts: noHosts,
  catalogue: async () => new OsCatalogue((await osCatalogue()).file, () => now),
})
const names = async (words: string, more: { arch?: string; withEnded?: boolean; limit?: number } = {}) =>
  (await systems.search({ words, ...more })).map(({ shortId }) => shortId)

describe('the catalogue', () => {
  it('is small enough to be read when it is needed, and has no texts that describe', async () => {
    const { size } = statSync(new URL('os.catalogue.json', import.meta.url))
    expect(size).toBeLessThan(640 * 1024)
    const { file } = await osCatalogue()
    const told = new Set(file.systems.flatMap((system) => Object.keys(system)))
    const facts = 'id short name version family distro vendor codename released ended status from devices'
    const more = 'resources firmware variants media trees images scripts cloudUser urlArgument'
    expect([...told].sort()).toEqual(`${facts} ${more}`.split(' ').sort())
  })

  it('is whole: every place that is named is there, every pattern can be used, every device is known', async () => {
    const { file } = await osCatalogue()
    expect(file.systems.length).toBeGreaterThan(900)
    const known = new Set<string>(osDevices)
    expect(file.deviceSets.flat().filter((device) => !known.has(device))).toEqual([])
    const broken: string[] = []
    for (const system of file.systems) {
      const { media = [], trees = [], from = [], scripts = [], resources = {} } = system
      if (file.deviceSets[system.devices] === undefined) broken.push(`${system.id} devices`)
      if (from.some((place) => file.systems[place] === undefined)) broken.push(`${system.id} from`)
      if (scripts.some((place) => file.scripts[place] === undefined)) broken.push(`${system.id} scripts`)
      if (Object.values(resources).some((place) => file.resourceSets[place] === undefined)) {
        broken.push(`${system.id} resources`)
      }
      for (const { k, vol, app } of media) {
        const kind = file.mediaKinds[k]
        if (kind === undefined) broken.push(`${system.id} medium`)
        for (const pattern of [vol, app, kind?.sys, kind?.pub]) {
          if (pattern !== undefined && !isPattern(pattern)) broken.push(`${system.id} ${pattern}`)
        }
      }
      for (const { info } of trees) {
        for (const pattern of Object.values(info ?? {})) {
          if (!isPattern(pattern)) broken.push(`${system.id} ${pattern}`)
        }
      }
    }
    expect(broken).toEqual([])
  })

  it('has no pattern that takes long on what is made to take long', async () => {
    const { file } = await osCatalogue()
    const patterns = new Set(
      file.systems.flatMap(({ media = [] }) =>
        media.flatMap(({ vol, app, k }) => [vol, app, file.mediaKinds[k]?.sys, file.mediaKinds[k]?.pub]),
      ),
    )
    const traps = ['9.9.9.9.', 'aA', '_a', '-1', ' ', '((', 'ALT Workstation 10.0.0.', 'Fedora-WS-23_a_a']
    let slowestMs = 0
    for (const pattern of patterns) {
      const startedAtMs = performance.now()
      for (const trap of traps) fits(pattern, `${trap.repeat(300).slice(0, 255)}!`)
      slowestMs = Math.max(slowestMs, performance.now() - startedAtMs)
    }
    // a pattern that backtracks without end takes hours here, not a second
    expect(slowestMs).toBeLessThan(2000)
  })

  it('knows one by its address and by each of its short names', async () => {
    const one = await systems.get('http://debian.org/debian/12')
    expect(one).toMatchObject({
      shortId: 'debian12',
      shortIds: ['debian12', 'debianbookworm'],
      name: 'Debian 12',
      family: 'linux',
      distro: 'debian',
      codename: 'bookworm',
      releaseDate: '2023-06-10',
      cloudUser: 'debian',
    })
    expect(await systems.get('debianbookworm')).toEqual(one)
    expect(await systems.get('http://example.org/none')).toBeUndefined()
    expect(await systems.get('__proto__')).toBeUndefined()
  })

  it('tells what an entry has from those it derives from', async () => {
    const debian = await systems.get('debian12')
    expect(debian?.derivesFrom.slice(0, 2)).toEqual([
      'http://debian.org/debian/11',
      'http://debian.org/debian/10',
    ])
    expect(debian?.devices).toEqual(expect.arrayContaining(['virtio1-block', 'virtio1-net', 'q35', 'usb3']))
    const windows = await systems.get('win11')
    expect(windows?.devices).not.toContain('virtio1-block')
    expect(windows?.firmware).toContainEqual({ arch: 'x86_64', type: 'bios', isSupported: false })
    expect(windows?.resources.find(({ arch }) => arch === 'x86_64')?.minimum).toEqual({
      cpuCount: 2,
      memoryBytes: 4 * 1024 ** 3,
      storageBytes: 64 * 1024 ** 3,
    })
    // a generic one has its numbers from the release it is made after
    const generic = await systems.get('linux2022')
    const ubuntu = await systems.get('ubuntu22.04')
    expect(generic?.resources).toEqual(ubuntu?.resources)
  })

  it('tells trees, images and scripts as they are used', async () => {
    const debian = await systems.get('debian12')
    expect(debian?.trees.find(({ arch }) => arch === 'x86_64')).toMatchObject({
      url: 'http://deb.debian.org/debian/dists/bookworm/main/installer-amd64',
    })
    expect(debian?.images.some(({ format, takesCloudInit }) => format === 'qcow2' && takesCloudInit)).toBe(
      true,
    )
    expect(debian?.scripts.map(({ kind, fileName }) => [kind, fileName])).toContainEqual([
      'preseed',
      'preseed.cfg',
    ])
    expect((await systems.get('win10'))?.scripts.some(({ kind }) => kind === 'windows')).toBe(true)
  })

  it('ends at those that derive from each other', () => {
    const entry = { short: ['a'], name: 'A', vendor: 0, devices: 0 }
    const catalogue = new OsCatalogue({
      from: 'a test',
      deviceSets: [[]],
      resourceSets: [],
      files: [],
      mediaKinds: [],
      vendors: [''],
      scripts: [],
      systems: [
        { ...entry, id: 'http://a/1', from: [1] },
        { ...entry, id: 'http://a/2', short: ['b'], from: [0] },
      ],
    })
    expect(catalogue.get('a')?.derivesFrom).toEqual(['http://a/2'])
  })
})

describe('what is typed', () => {
  it.each([
    ['deb 12', 'debian12'],
    ['debian 12', 'debian12'],
    ['Debian12', 'debian12'],
    ['bookworm', 'debian12'],
    ['win11', 'win11'],
    ['windows 11', 'win11'],
    ['ubuntu 24.04', 'ubuntu24.04'],
    ['ubuntu2404', 'ubuntu24.04'],
    ['noble', 'ubuntu24.04'],
    ['server 2022', 'win2k22'],
    ['2k22', 'win2k22'],
    ['fedora 41', 'fedora41'],
    ['rocky 9', 'rocky9'],
    ['alma 9', 'almalinux9'],
    ['centos stream 9', 'centos-stream9'],
    ['rhel9.4', 'rhel9.4'],
    ['leap', 'opensuse15.6'],
    ['tumbleweed', 'opensusetumbleweed'],
    ['arch', 'archlinux'],
    ['  nixos   24.05 ', 'nixos-24.05'],
  ])('"%s" finds %s first', async (words, shortId) => {
    expect((await names(words))[0]).toBe(shortId)
  })

  it('finds what is given up only when it is asked for, or when nothing else is meant', async () => {
    expect(await names('windows 7')).toEqual(['win7'])
    expect(await names('ubuntu')).not.toContain('ubuntu10.04')
    expect(await names('ubuntu', { withEnded: true })).toContain('ubuntu10.04')
  })

  it('finds nothing for words that are nowhere', async () => {
    expect(await names('zzyzx')).toEqual([])
    expect(await names('debian zzyzx')).toEqual([])
  })

  it('when it is nothing, the usual ones come first, and no more than asked for', async () => {
    const first = await names('', { limit: 12 })
    expect(first).toHaveLength(12)
    expect(first).toEqual(expect.arrayContaining(['debian12', 'opensuse15.6']))
    expect(first.some((one) => one.startsWith('ubuntu'))).toBe(true)
    expect(first.some((one) => one.startsWith('win'))).toBe(true)
  })

  it('leaves out what is not for the architecture', async () => {
    expect(await names('windows 10', { arch: 's390x' })).toEqual([])
    expect(await names('debian 12', { arch: 's390x' })).toContain('debian12')
  })
})

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern).source !== '' && matchOf(pattern, '') !== undefined
  } catch {
    return false
  }
}
