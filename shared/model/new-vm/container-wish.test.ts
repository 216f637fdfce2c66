import { describe, expect, it } from 'vitest'
import type { GuestKind } from '../host-details'
import { hostId } from '../ids'
import type { ContainerWish } from './container-wish'
import { suggest, type Offer, type Suggestion } from './suggest'
import type { Wishes } from './wishes'

const kind = (architecture: string): GuestKind => ({
  architecture,
  osType: 'exe',
  virtTypes: [{ name: 'lxc' }],
  machines: [],
  features: [],
})

const offer: Offer = {
  host: hostId.parse('h'),
  info: { architecture: 'x86_64', cpuCount: 8, memoryBytes: 64 * 1024 ** 3 },
  capabilities: { guests: [kind('i686'), kind('x86_64')] },
  choices: {
    networks: { items: [{ name: 'default', isActive: true, forward: 'nat', portGroups: [] }] },
    interfaces: { items: [] },
    pools: { items: [] },
  },
  vmNames: [],
}

const made = (container: ContainerWish, wishes: Wishes = {}): Suggestion =>
  suggest({ ...wishes, container }, offer)
const fields = ({ problems }: Suggestion) => problems.map(({ field }) => field)

describe('a container', () => {
  it('is what is made on a host that has nothing else, and needs a folder with a system only', () => {
    expect(fields(made({}))).toEqual(['source.root'])
    expect(made({ root: ' /srv/debian ' }).input).toMatchObject({
      guest: { virtType: 'lxc', osType: 'exe', architecture: 'x86_64' },
      source: {
        kind: 'container',
        what: 'system',
        root: '/srv/debian',
        init: '/sbin/init',
        args: [],
        env: [],
        ids: { uidStart: 100_000, gidStart: 100_000 },
      },
      disks: [],
      graphics: 'none',
      hasTpm: false,
      nics: [{ source: { kind: 'network', name: 'default' } }],
    })
  })

  it('of a program starts a shell among all files, unless more is said', () => {
    expect(made({ what: 'app' }).input?.source).toMatchObject({ what: 'app', init: '/bin/sh' })
    expect(made({ what: 'app' }).input?.source).not.toHaveProperty('root')
    const args = '-c\necho  a b\n'
    const { input } = made({ what: 'app', init: '/bin/sh', args, env: 'A=1=2\n\nB=', workDir: '/tmp' })
    expect(input?.source).toMatchObject({
      args: ['-c', 'echo  a b', ''],
      env: [
        { name: 'A', value: '1=2' },
        { name: 'B', value: '' },
      ],
      workDir: '/tmp',
    })
  })

  it('has neither disks, screen nor number of copies, whatever was chosen for a VM before', () => {
    const { input } = made(
      { root: '/srv/debian' },
      { source: 'iso', disks: [{ kind: 'new' }], graphics: 'vnc', hasTpm: true, firmware: 'efi', count: 3 },
    )
    expect(input).toMatchObject({ source: { kind: 'container' }, disks: [], graphics: 'none', hasTpm: false })
    expect(input).not.toHaveProperty('firmware')
    expect(input).not.toHaveProperty('count')
  })

  it.each<[ContainerWish, string]>([
    [{ root: 'srv/debian' }, 'source.root'],
    [{ root: '/srv/../etc' }, 'source.root'],
    [{ root: '/srv/debian', init: ' ' }, 'source.init'],
    [{ root: '/srv/debian', init: 'init' }, 'source.init'],
    [{ root: '/srv/debian', env: 'A=1\nnot a variable' }, 'source.env'],
    [{ root: '/srv/debian', workDir: 'tmp' }, 'source.workDir'],
    [{ root: '/srv/debian', uidStart: 'many' }, 'source.ids.uidStart'],
    [{ root: '/srv/debian', gidStart: 0 }, 'source.ids.gidStart'],
    [{ root: '/srv/debian', uidStart: 4_294_967_295 }, 'source.ids.uidStart'],
  ])('made of %j is wrong at %s', (wish, field) => {
    expect(fields(made(wish))).toEqual([field])
  })

  it('takes the IDs of the host only when that is said', () => {
    expect(made({ root: '/srv/debian', hasOwnIds: false }).input?.source).not.toHaveProperty('ids')
  })
})
