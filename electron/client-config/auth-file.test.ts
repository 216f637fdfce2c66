import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findCredentials } from './auth-file'
import type { ConfPlaces } from './libvirt-conf'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'auth-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const places = (env: ConfPlaces['env'] = {}): ConfPlaces => ({ home, isRoot: false, env })
const find = (host = 'db1', more: { file?: string; env?: ConfPlaces['env'] } = {}) =>
  findCredentials({ service: 'libvirt', host, file: more.file }, places(more.env))

const text = `
# names and passwords
[credentials-prod]
authname=alice
password=s3cret = with signs

[credentials-other]
username=bob

[auth-libvirt-db1]
credentials=prod
[auth-libvirt-default]
credentials=other
[auth-vnc-default]
credentials=prod
`

async function write(path: string, content = text): Promise<string> {
  const full = join(home, path)
  await mkdir(dirname(full), { recursive: true })
  await writeFile(full, content, { mode: 0o600 })
  return full
}
const usual = '.config/libvirt/auth.conf'

describe('credentials kept in a file', () => {
  it('are those of the host', async () => {
    const file = await write(usual)
    expect(await find()).toEqual({ user: 'alice', password: 's3cret = with signs', file, warnings: [] })
  })

  it('are the default ones for a host without its own, even if only a name', async () => {
    await write(usual)
    expect(await find('elsewhere')).toMatchObject({ user: 'bob' })
    expect(await find('elsewhere')).not.toHaveProperty('password')
  })

  it('are absent where there is no file, or nothing for the service', async () => {
    expect(await find()).toBeUndefined()
    await write(usual, '[auth-vnc-default]\ncredentials=x\n')
    expect(await find()).toBeUndefined()
  })

  it('come from LIBVIRT_AUTH_FILE first, then from the URI’s file, then from the usual place', async () => {
    const of = (name: string): string =>
      `[auth-libvirt-default]\ncredentials=x\n[credentials-x]\nauthname=${name}\n`
    await write(usual, of('usual'))
    const fromEnv = await write('env.conf', of('env'))
    const fromUri = await write('uri.conf', of('uri'))
    const env = { LIBVIRT_AUTH_FILE: fromEnv }
    expect(await find('h', { file: fromUri, env })).toMatchObject({ user: 'env' })
    expect(await find('h', { file: fromUri })).toMatchObject({ user: 'uri' })
    expect(await find('h')).toMatchObject({ user: 'usual' })
  })

  it('are warned about when others may read them', async () => {
    await chmod(await write(usual), 0o644)
    expect((await find())?.warnings).toEqual([expect.stringContaining('chmod 600')])
  })

  it('named by the URI have to exist', async () => {
    await expect(find('h', { file: join(home, 'none') })).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('does not exist'),
      cure: expect.stringContaining('authfile='),
    })
  })

  it('named by the environment have to exist, too', async () => {
    await write(usual)
    await expect(find('h', { env: { LIBVIRT_AUTH_FILE: join(home, 'none') } })).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('does not exist'),
      cure: expect.stringContaining('LIBVIRT_AUTH_FILE'),
    })
  })

  it('in a file of absurd size, or in a folder, are told and not skipped', async () => {
    const file = await write(usual, '#'.repeat(1_000_001))
    await expect(find()).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining(file) })
    await rm(file)
    await mkdir(file)
    await expect(find()).rejects.toMatchObject({ kind: 'invalid', cure: expect.stringContaining('move it') })
  })

  it.each([
    ['[auth-libvirt-db1]\ncredentials=missing\n', 'Add the section credentials-missing.'],
    ['[auth-libvirt-db1]\n', 'Add credentials=NAME'],
  ])('that lead nowhere are explained: %j', async (content, cure) => {
    await write(usual, content)
    await expect(find()).rejects.toMatchObject({ kind: 'invalid', cure: expect.stringContaining(cure) })
  })

  it('in a broken line are told by its number, never by its words', async () => {
    await write(usual, '[auth-libvirt-db1]\nhunter2-secret\n')
    const error: unknown = await find().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ kind: 'invalid', message: expect.stringContaining('Line 2') })
    expect(JSON.stringify(error)).not.toContain('hunter2')
  })
})
