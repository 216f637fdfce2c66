import { describe, expect, it } from 'vitest'
import { AppError } from '../../../../shared/errors'
import type { Pool } from '../../../../shared/model/storage/pool'
import type { StorageUsage, Volume } from '../../../../shared/model/storage/volume'
import { openDirectLink } from '../../../link/direct'
import type { RunResult } from '../../../link/link'
import { entryFrom } from '../../images/folder'
import type { HostCommands } from '../../images/host-commands'
import { hostCommands } from './host-commands'
import { readInfo } from '../../images/image-info'
import { dependantsOf, runningUsers } from '../../images/image-users'
import { commandText } from '../../images/command-text'
import { lastProgress } from '../../images/long-command'
import { extentFrom } from '../../images/map'
import { classOf, modeAllows } from '../../images/modes'
import { findOrphans } from '../../images/orphans'
import { foldersTo, readPathAccess } from '../../images/path-access'
import { argvOf, optionWords } from '../../images/qemu-img'
import { refuseInUse } from '../../images/refusals'
import { toolError } from '../../images/tool-errors'
import { vmUserFrom } from './vm-user'

describe('what comes from the host', () => {
  it('is read as far as it is what it should be', () => {
    const { info, basePath } = readInfo(
      JSON.stringify({
        format: 7,
        'virtual-size': -1,
        'actual-size': 'much',
        snapshots: ['x', { name: 'a', 'date-sec': 2, 'date-nsec': 5e8 }],
        'format-specific': { data: { compat: '1.1', nested: { a: 1 }, corrupt: false } },
      }),
      '/a',
    )
    expect(basePath).toBeUndefined()
    expect(info).toEqual({
      path: '/a',
      format: 'raw',
      virtualSizeBytes: 0,
      isDirty: false,
      isEncrypted: false,
      snapshots: [
        { id: '', name: '', vmStateBytes: 0, atMs: 0 },
        { id: '', name: 'a', vmStateBytes: 0, atMs: 2500 },
      ],
      more: [
        ['compat', '1.1'],
        ['corrupt', 'no'],
      ],
    })
    expect(() => readInfo('qemu-img: what', '/a')).toThrow('in a way that is not known')
  })

  it('of a map counts only pieces with a place and a length', () => {
    expect(extentFrom('[{ "start": 0, "length": 4, "depth": 1, "zero": false, "data": true},')).toEqual({
      startBytes: 0,
      lengthBytes: 4,
      kind: 'base',
    })
    expect(extentFrom('{ "start": 4, "length": 4, "depth": 1, "zero": true, "data": false}]')?.kind).toBe(
      'zero',
    )
    expect(extentFrom('{ "start": "4" }')).toBeUndefined()
    expect(extentFrom('')).toBeUndefined()
  })

  it('of progress counts the last that was written', () => {
    expect(lastProgress('    (1.00/100%)\r    (42.50/100%)\r    (4')).toBe(0.425)
    expect(lastProgress('Image')).toBeUndefined()
  })

  it('of a folder may be any name', () => {
    expect(entryFrom('1 f f 644 12 1700000000.5 a b\nc')).toEqual({
      depth: 1,
      file: {
        name: 'a b\nc',
        isFolder: false,
        isLink: false,
        isExecutable: false,
        sizeBytes: 12,
        modifiedAtMs: 1_700_000_000_500,
      },
    })
    expect(entryFrom('find: x')).toBeUndefined()
  })

  it.each([
    ['qemu-img: Could not open: Failed to get "write" lock\nIs another process using', 1, 'busy'],
    ['qemu-img: error while writing: No space left on device', 1, 'busy'],
    ["qemu-img: Could not open '/x': Permission denied", 1, 'denied'],
    ["qemu-img: Could not open '/x': No such file or directory", 1, 'not-found'],
    ["env: 'qemu-img': No such file or directory", 127, 'unsupported'],
    ['qemu-img: something new', 1, 'invalid'],
  ])('as an error is told by what can be done: %s', (stderr, code, kind) => {
    expect(toolError('qemu-img', { stderr, code })).toMatchObject({ kind, detail: stderr.trim() })
  })
})

describe('words for qemu-img', () => {
  it('double the commas in values, which would end them', () => {
    expect(optionWords({ a: 'x,y', b: 'z' })).toEqual(['-o', 'a=x,,y,b=z'])
    expect(optionWords({})).toEqual([])
  })

  it('name each format that is known, and look past locks only to look', () => {
    expect(argvOf('/a', { kind: 'check', repair: 'no' }, { own: 'qcow2' })).toEqual(
      'qemu-img check --output=json -f qcow2 -U /a'.split(' '),
    )
    expect(argvOf('/a', { kind: 'check', repair: 'leaks' })).toEqual(
      'qemu-img check --output=json -r leaks /a'.split(' '),
    )
    expect(argvOf('/a', { kind: 'rebase', isUnsafe: false }, { own: 'qcow2' })).toEqual([
      ...'qemu-img rebase -p -f qcow2 -b'.split(' '),
      '',
      '/a',
    ])
  })

  it('read what a snapshot kept beside its VM, whatever the name of it is', () => {
    const copy = { kind: 'convert', to: '/b', format: 'raw', isCompressed: false, options: {} } as const
    expect(argvOf('/a', { ...copy, snapshot: 'one, id=2' }, { own: 'qcow2' })).toEqual([
      ...'qemu-img convert -p -f qcow2 -O raw -U -l'.split(' '),
      'snapshot.name=one,, id=2',
      '/a',
      '/b',
    ])
  })

  it('are quoted for a shell when they are shown', () => {
    expect(commandText("/it's", { kind: 'commit' }, 'qcow2')).toBe(`qemu-img commit -p -f qcow2 '/it'\\''s'`)
    expect(commandText('/a b', { kind: 'compact' }, 'raw')).toContain("mv -f '/a b.innkeeper-compact' '/a b'")
  })
})

describe('who has an image', () => {
  const usage: StorageUsage = {
    users: {
      '/base': [
        { kind: 'image', name: '/one' },
        { kind: 'backing', name: 'web', vm: 'w', isRunning: false },
      ],
      '/one': [{ kind: 'image', name: '/two' }],
      // a circle, as images say what they like
      '/two': [
        { kind: 'image', name: '/base' },
        { kind: 'disk', name: 'web', vm: 'w', isRunning: true },
      ],
    },
    unread: [],
  }

  it('is found through all that is built on it', () => {
    expect(dependantsOf(usage, '/base')).toEqual(['/one', '/two'])
    expect(runningUsers(usage, '/base')).toEqual(['web'])
    expect(dependantsOf(usage, 'constructor')).toEqual([])
  })
})

describe('an image that is to be copied', () => {
  const copy = { kind: 'convert', to: '/b', format: 'raw', isCompressed: false, options: {} } as const
  const usage: StorageUsage = {
    users: {
      '/base': [
        { kind: 'image', name: '/top' },
        { kind: 'backing', name: 'web', vm: 'w', isRunning: true, isReadOnly: true },
        { kind: 'snapshot', name: 'web', vm: 'w', isRunning: true, snapshot: 'before' },
      ],
      '/top': [{ kind: 'disk', name: 'web', vm: 'w', isRunning: true }],
    },
    unread: [],
  }

  it('must not be written to by a VM that runs, unless it is what a snapshot in it kept', () => {
    expect(() => refuseInUse(usage, '/top', copy)).toThrow('web runs with this image')
    expect(() => refuseInUse(usage, '/top', { ...copy, snapshot: 'before' })).not.toThrow()
  })

  it('may be what others are built on, which is only read; changing it is refused all the same', () => {
    expect(() => refuseInUse(usage, '/base', copy)).not.toThrow()
    expect(() => refuseInUse(usage, '/base', { kind: 'commit' })).toThrow('web runs with this image')
  })
})

describe('unused images', () => {
  const pool = (name: string, type: string, state: Pool['state'] = 'running'): Pool => ({
    name,
    type,
    state,
    uuid: name,
    isAutostart: true,
    isPersistent: true,
  })
  const volume = (name: string, more: Partial<Volume> = {}): Volume => ({
    name,
    key: `/p/${name}`,
    path: `/p/${name}`,
    type: 'file',
    capacityBytes: 10,
    allocationBytes: 5,
    isEncrypted: false,
    ...more,
  })
  const volumes = [
    volume('used'),
    volume('used-by-name'),
    volume('free', { modifiedAtMs: 9 }),
    volume('folder', { type: 'dir' }),
  ]

  it('are those nobody has by path or by name, in running pools of files', async () => {
    const found = await findOrphans({
      pools: async () => ({
        items: [pool('p', 'dir'), pool('off', 'netfs', 'inactive'), pool('ceph', 'rbd'), pool('bad', 'fs')],
      }),
      usage: async () => ({
        users: {
          '/p/used': [{ kind: 'disk', name: 'web' }],
          'p/used-by-name': [{ kind: 'disk', name: 'web' }],
        },
        unread: ['VM broken'],
      }),
      volumeNames: async (name) => {
        if (name === 'bad') throw new AppError('denied', 'No')
        return { volumes, isTruncated: false }
      },
      volumeDetails: async (_, names) => ({ volumes: volumes.filter(({ name }) => names.includes(name)) }),
    })
    expect(found.orphans).toEqual([
      { pool: 'p', volume: 'free', path: '/p/free', allocationBytes: 5, modifiedAtMs: 9 },
    ])
    expect(found.unread).toEqual(['VM broken', 'pool off', 'pool bad (No)'])
  })
})

describe('the way to a file', () => {
  const who = { uid: '64055', groups: new Set(['64055', '108']), name: 'libvirt-qemu' }

  it('leads through each folder', () => {
    expect(foldersTo('/home/anna/disk.img')).toEqual(['/', '/home', '/home/anna'])
    expect(foldersTo('/x')).toEqual(['/'])
  })

  it('is judged by the first of owner, group and others that fits', () => {
    const mode = { uid: '0', gid: '108', bits: 0o707, isFolder: true }
    expect(classOf(mode, who)).toBe('g')
    expect(modeAllows(mode, who, 'x')).toBe(false)
    expect(modeAllows({ ...mode, gid: '0' }, who, 'x')).toBe(true)
  })

  /** A host with these answers, asked as a user who is not root. */
  function hostWith(answers: Readonly<Record<string, Partial<RunResult>>>): HostCommands {
    return {
      run: async (argv) => ({ stdout: '', stderr: '', code: 1, ...answers[argv.slice(0, 2).join(' ')] }),
      start: () => Promise.reject(new Error('Nothing is started')),
    }
  }
  const answers = {
    'stat -L': {
      stdout: '0 0 755 directory\n0 0 755 directory\n1000 1000 700 directory\n1000 1000 600 regular file\n',
      code: 0,
    },
    'id -nu': { stdout: 'libvirt-qemu\n', code: 0 },
    'id -G': { stdout: '64055 108\n', code: 0 },
    'id -u': { stdout: '1000\n', code: 0 },
  }
  const user = { uid: '64055', gid: '64055' }

  it('is opened to that one user where the host keeps access lists', async () => {
    const host = hostWith({ ...answers, 'setfacl --version': { code: 0 } })
    expect(await readPathAccess(host, user, '/home/anna/disk.img')).toMatchObject({
      exists: true,
      blockedAt: '/home/anna',
      fix: {
        argv: ['setfacl', '-m', 'u:libvirt-qemu:x', '--', '/home/anna'],
        explanation: expect.stringContaining('alone'),
      },
    })
  })

  it('is opened by the bits otherwise', async () => {
    expect((await readPathAccess(hostWith(answers), user, '/home/anna/disk.img')).fix?.argv).toEqual([
      'chmod',
      'o+x',
      '--',
      '/home/anna',
    ])
  })

  it('ends at the file itself where libvirt was told to hand none over', async () => {
    const open = {
      ...answers,
      'stat -L': {
        stdout: '0 0 755 directory\n0 0 755 directory\n1000 1000 711 directory\n1000 1000 600 regular file\n',
        code: 0,
      },
      'setfacl --version': { code: 0 },
    }
    const disc = '/home/anna/disc.iso'
    const handed = await readPathAccess(hostWith(open), user, disc)
    expect(handed).toMatchObject({ canRead: false, why: expect.stringContaining('hands it over') })
    expect(handed.blockedAt).toBeUndefined()
    const conf = (line: string): HostCommands => hostWith({ ...open, 'grep -E': { stdout: line, code: 0 } })
    expect((await readPathAccess(conf('dynamic_ownership = 1\n'), user, disc)).blockedAt).toBeUndefined()
    expect(await readPathAccess(conf('dynamic_ownership = 0\n'), user, disc)).toMatchObject({
      blockedAt: disc,
      fix: {
        argv: ['setfacl', '-m', 'u:libvirt-qemu:r', '--', disc],
        undo: ['setfacl', '-x', 'u:libvirt-qemu', '--', disc],
        paths: [disc],
      },
    })
    expect(
      (await readPathAccess(conf('dynamic_ownership=0'), user, '/home/anna/disk.img')).fix?.argv,
    ).toContain('u:libvirt-qemu:rw')
  })

  it('starts from the user that libvirt names', () => {
    const capabilities = (label: string): string =>
      `<capabilities><host><secmodel><model>dac</model><baselabel type='kvm'>${label}</baselabel></secmodel></host></capabilities>`
    expect(vmUserFrom(capabilities('+64055:+108'))).toEqual({ uid: '64055', gid: '108' })
    expect(vmUserFrom(capabilities('libvirt'))).toBeUndefined()
  })
})

it('runs no command where only ports of the host are reached', async () => {
  const host = hostCommands(openDirectLink('203.0.113.1'), 'web')
  await expect(host.run(['true'])).rejects.toMatchObject({
    kind: 'unsupported',
    cure: expect.stringContaining('qemu+ssh'),
  })
})
