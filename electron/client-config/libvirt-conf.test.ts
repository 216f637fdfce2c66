import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { libvirtConfPath, parseLibvirtConf, readLibvirtConf, type ConfPlaces } from './libvirt-conf'
import { chooseUri } from './uri-choice'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'conf-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const places = (env: ConfPlaces['env'] = {}): ConfPlaces => ({ home, isRoot: false, env })
const conf = `
# Aliases
uri_aliases = [
  "hail=qemu+ssh://root@hail.cloud.example.com/system",
  "sleet=qemu+ssh://root@sleet/system?a=b", # the other one
]
uri_default = "qemu:///session"
log_level = 3
`
async function write(text = conf): Promise<void> {
  await mkdir(join(home, '.config/libvirt'), { recursive: true })
  await writeFile(join(home, '.config/libvirt/libvirt.conf'), text)
}

describe('libvirt.conf', () => {
  it('gives aliases and the default', () => {
    expect(parseLibvirtConf(conf, 'f')).toEqual({
      aliases: new Map([
        ['hail', 'qemu+ssh://root@hail.cloud.example.com/system'],
        ['sleet', 'qemu+ssh://root@sleet/system?a=b'],
      ]),
      defaultUri: 'qemu:///session',
    })
  })

  it.each([
    ['', {}],
    ['uri_default = ""', {}],
    ["uri_default='qemu:///x'", { defaultUri: 'qemu:///x' }],
    ['uri_default = "a\\"b"', { defaultUri: 'a"b' }],
    ['uri_aliases = []', {}],
  ])('reads %j', (text, expected) => {
    expect(parseLibvirtConf(text, 'f')).toEqual({ aliases: new Map(), ...expected })
  })

  it.each([
    'uri_aliases = ["no equals sign"]',
    'uri_aliases = ["bad name!=qemu:///x"]',
    'uri_aliases = [ "a=b" "c=d" ]',
    'uri_aliases = [ "a=b"',
    'uri_default "qemu:///x"',
    'uri_default = "open',
    'uri_default =',
    '= "x"',
    '\u0000',
  ])('refuses %j, naming the file', (text) => {
    expect(() => parseLibvirtConf(text, '/the/file')).toThrow(expect.objectContaining({ kind: 'invalid' }))
    expect(() => parseLibvirtConf(text, '/the/file')).toThrow(/^\/the\/file: /)
  })

  it('has the first of two aliases with one name', () => {
    const { aliases } = parseLibvirtConf('uri_aliases = ["a=qemu:///system", "a=test:///default"]', 'f')
    expect([...aliases]).toEqual([['a', 'qemu:///system']])
  })

  it('is root’s or the user’s own', () => {
    expect(libvirtConfPath({ home: '/root', isRoot: true, env: {} })).toBe('/etc/libvirt/libvirt.conf')
    expect(libvirtConfPath({ home: '/home/a', isRoot: false, env: {} })).toBe(
      '/home/a/.config/libvirt/libvirt.conf',
    )
    expect(libvirtConfPath({ home: '/home/a', isRoot: false, env: { XDG_CONFIG_HOME: '/c' } })).toBe(
      '/c/libvirt/libvirt.conf',
    )
  })

  it('may be absent', async () => {
    expect(await readLibvirtConf(places())).toEqual({ aliases: new Map() })
  })
})

describe('what the user typed', () => {
  it('is an alias when it is one', async () => {
    await write()
    expect(await chooseUri(' hail ', places())).toBe('qemu+ssh://root@hail.cloud.example.com/system')
    expect(await chooseUri('unknown', places())).toBe('unknown')
  })

  it('is a URI otherwise, even with a broken file of aliases', async () => {
    await write('broken')
    expect(await chooseUri('qemu:///system', places())).toBe('qemu:///system')
  })

  it('is the default when it is nothing: the environment’s, then the file’s', async () => {
    await write()
    expect(await chooseUri('', places({ LIBVIRT_DEFAULT_URI: 'test:///default' }))).toBe('test:///default')
    expect(await chooseUri(' ', places())).toBe('qemu:///session')
  })

  it('is refused when it is nothing and there is no default', async () => {
    await expect(chooseUri('', places())).rejects.toMatchObject({ kind: 'invalid', field: 'uri' })
  })
})
