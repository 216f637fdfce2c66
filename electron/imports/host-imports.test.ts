import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { HostImports } from './host-imports'
import { sshConfigHosts } from './ssh-config-hosts'
import { gvariantStrings, virtManagerHosts } from './virt-manager'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'imports-'))
  await mkdir(join(home, '.ssh'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const dump = `[virt-manager]
xmleditor-enabled=true

[virt-manager/connections]
autoconnect=['qemu:///system']
uris=['qemu:///system', 'qemu+ssh://root@db1/system', 'esx://vcenter/']

[virt-manager/conns/qemu+ssh:root@db1system]
pretty-name='Database "one"'
`

describe('virt-manager’s list', () => {
  it('is read from a dconf dump with names and autoconnect', () => {
    expect(virtManagerHosts(dump)).toEqual([
      { uri: 'qemu:///system', autoconnect: true },
      { uri: 'qemu+ssh://root@db1/system', autoconnect: false, label: 'Database "one"' },
      { uri: 'esx://vcenter/', autoconnect: false },
    ])
  })

  it('is read from gsettings', () => {
    const text =
      "org.virt-manager.virt-manager.connections autoconnect ['xen:///']\n" +
      "org.virt-manager.virt-manager.connections uris ['xen:///']\n"
    expect(virtManagerHosts(text)).toEqual([{ uri: 'xen:///', autoconnect: true }])
  })

  it.each(['', 'hello', '[virt-manager]\nuri=1', 'uris=[broken'])('is not found in %j', (text) => {
    expect(virtManagerHosts(text)).toBeUndefined()
  })

  it.each([
    ["['a', 'b']", ['a', 'b']],
    ['@as []', []],
    ['["it\'s"]', ["it's"]],
    ["['it\\'s', 'a\\\\b', '\\u00e9']", ["it's", 'a\\b', 'é']],
    ["'one'", ['one']],
    ["['a' 'b']", undefined],
    ['[1, 2]', undefined],
    ["['open]", undefined],
  ])('has strings as GVariant writes them: %s', (text, expected) => {
    expect(gvariantStrings(text)).toEqual(expected)
  })

  it('of absurd length is read in time and cut', () => {
    const text = `uris=[${Array.from({ length: 50_000 }, (_, at) => `'u${at}'`).join(', ')}]`
    expect(virtManagerHosts(text)).toHaveLength(2000)
    expect(virtManagerHosts(`uris=['${'\\'.repeat(500_000)}`)).toBeUndefined()
  })
})

describe('names of ssh hosts', () => {
  const config = (text: string, name = 'config'): Promise<void> => writeFile(join(home, '.ssh', name), text)

  it('are those of Host lines without patterns, in order, also from included files', async () => {
    await config(
      'Include extra\nHost web db1 *.lab !old\n  User root\nHost *\nMatch host x exec "touch /pwned"\n',
    )
    await config('host=first\nHost db1\n', 'extra')
    expect(await sshConfigHosts(home)).toEqual(['first', 'db1', 'web'])
  })

  it('are none without a file, and an include of itself ends', async () => {
    expect(await sshConfigHosts(home)).toEqual([])
    await config('Include config\nHost a\n')
    expect(await sshConfigHosts(home)).toEqual(['a'])
  })

  it('that could be taken for something else in a URI are left out', async () => {
    await config('Host -oProxyCommand=x a/b "c d" user@host e:22 ok\n')
    expect(await sshConfigHosts(home)).toEqual(['ok'])
  })
})

describe('hosts to take over', () => {
  const imports = (more: { dump?: string; aliases?: () => Promise<ReadonlyMap<string, string>> } = {}) =>
    new HostImports({
      home,
      aliases: more.aliases ?? (async () => new Map([['hail', 'qemu+ssh://hail/system']])),
      dumpSettings: async () => more.dump,
      check: (uri) => {
        if (uri === 'qemu:///system') throw new AppError('already-exists', 'In the list')
        if (uri.startsWith('esx')) throw new AppError('unsupported', 'Not this one')
      },
    })

  it('come from all sources, one entry per URI, marked when they are there or cannot be', async () => {
    await writeFile(join(home, '.ssh', 'config'), 'Host hail web\n')
    const { hosts, notes } = await imports({ dump }).find()
    expect(notes).toEqual([])
    expect(
      hosts.map(({ source, uri, label, isAdded, problem }) => [source, uri, label, isAdded, problem?.kind]),
    ).toEqual([
      ['virt-manager', 'qemu:///system', 'Local QEMU/KVM', true, undefined],
      ['virt-manager', 'qemu+ssh://root@db1/system', 'Database "one"', false, undefined],
      ['virt-manager', 'esx://vcenter/', 'vcenter', false, 'unsupported'],
      ['ssh-config', 'qemu+ssh://hail/system', 'hail', false, undefined],
      ['ssh-config', 'qemu+ssh://web/system', 'web', false, undefined],
    ])
  })

  it('say how to export a list that is not on this computer, and what else could not be read', async () => {
    const broken = async (): Promise<never> => {
      throw new AppError('invalid', 'line 3')
    }
    const { hosts, notes } = await imports({ aliases: broken }).find()
    expect(hosts).toEqual([])
    expect(notes).toEqual([
      expect.stringContaining('line 3'),
      expect.stringContaining('dconf dump /org/virt-manager/'),
    ])
  })

  it('come from an exported text, or it is said what such a text is', () => {
    expect(imports().fromText(dump).hosts).toHaveLength(3)
    expect(imports().fromText('nonsense')).toEqual({
      hosts: [],
      notes: [expect.stringContaining('dconf dump')],
    })
  })
})
