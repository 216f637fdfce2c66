import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprint, KnownHosts } from './known-hosts'

let directory: string
let file: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'known-hosts-'))
  file = join(directory, 'ssh', 'known_hosts')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

function blob(type: string, filler: number): Buffer {
  const name = Buffer.from(type)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(name.length)
  return Buffer.concat([length, name, Buffer.alloc(36, filler)])
}

const ours = blob('ssh-ed25519', 1)
const other = blob('ssh-ed25519', 2)
const rsa = blob('ssh-rsa', 3)
const line = (names: string, key: Buffer, type = 'ssh-ed25519'): string =>
  `${names} ${type} ${key.toString('base64')} a comment\n`

async function list(text: string): Promise<KnownHosts> {
  const path = join(directory, 'known_hosts')
  await writeFile(path, text)
  return KnownHosts.load({ user: path, system: [] })
}

describe('known hosts', () => {
  it('knows a host by its name, whatever its case', async () => {
    const known = await list(line('web.example', ours))
    expect(known.verdict('Web.Example', 22, ours)).toEqual({ kind: 'known' })
    expect(known.verdict('other.example', 22, ours)).toEqual({ kind: 'unknown' })
  })

  it('reads lists of names, patterns and exceptions', async () => {
    const known = await list(line('!bad.lab,*.lab,10.0.0.?', ours))
    expect(known.verdict('a.lab', 22, ours).kind).toBe('known')
    expect(known.verdict('bad.lab', 22, ours).kind).toBe('unknown')
    expect(known.verdict('10.0.0.7', 22, ours).kind).toBe('known')
    expect(known.verdict('10x0.0.7', 22, ours).kind).toBe('unknown')
  })

  it('refuses another key of a host on record and names the line', async () => {
    const known = await list(`# mine\n\n${line('a.lab', ours)}`)
    expect(known.verdict('a.lab', 22, other)).toEqual({
      kind: 'changed',
      knownType: 'ssh-ed25519',
      knownKey: ours,
      file: join(directory, 'known_hosts'),
      line: 3,
    })
  })

  it('refuses a key of another type too, as else a stranger need only show that', async () => {
    const known = await list(line('a.lab', rsa, 'ssh-rsa'))
    expect(known.verdict('a.lab', 22, ours)).toMatchObject({ kind: 'changed', knownType: 'ssh-rsa' })
  })

  it('treats a host known only by a key type we cannot ask for as new', async () => {
    const known = await list(line('a.lab', blob('ssh-dss', 1), 'ssh-dss'))
    expect(known.verdict('a.lab', 22, ours)).toEqual({ kind: 'unknown' })
    expect(known.typesFor('a.lab', 22)).toEqual([])
  })

  it('accepts any of several keys of one host', async () => {
    const known = await list(line('a.lab', other) + line('a.lab', ours) + line('a.lab', rsa, 'ssh-rsa'))
    expect(known.verdict('a.lab', 22, ours)).toEqual({ kind: 'known' })
    expect(known.typesFor('a.lab', 22)).toEqual(['ssh-ed25519', 'ssh-rsa'])
  })

  it('keeps ports apart, but trusts the key of the usual port on others', async () => {
    const known = await list(line('[a.lab]:2222', ours) + line('b.lab', ours))
    expect(known.verdict('a.lab', 2222, ours).kind).toBe('known')
    expect(known.verdict('a.lab', 22, ours).kind).toBe('unknown')
    expect(known.verdict('b.lab', 2222, ours).kind).toBe('known')
    expect(known.verdict('b.lab', 2222, other).kind).toBe('unknown')
  })

  it('refuses a revoked key even where another line trusts it', async () => {
    const known = await list(line('a.lab', ours) + line('@revoked *', ours))
    expect(known.verdict('a.lab', 22, ours)).toMatchObject({ kind: 'revoked', line: 2 })
    expect(known.verdict('a.lab', 2222, ours).kind).not.toBe('known')
  })

  it('takes neither certificate authorities nor unknown markers for host keys', async () => {
    const known = await list(line('@cert-authority a.lab', ours) + line('@future a.lab', ours))
    expect(known.verdict('a.lab', 22, ours)).toEqual({
      kind: 'unknown',
      authority: { file: join(directory, 'known_hosts'), line: 1 },
    })
  })

  it('passes over lines it cannot read', async () => {
    const known = await list(
      `a.lab\na.lab ssh-ed25519\na.lab 1024 35 123\n\0\0\n|1|x ssh-ed25519 AAAA\n${line('a.lab', ours)}`,
    )
    expect(known.verdict('a.lab', 22, ours)).toEqual({ kind: 'known' })
  })

  it('knows no host when there is no list', async () => {
    const known = await KnownHosts.load({ user: file, system: [join(directory, 'none')] })
    expect(known.verdict('a.lab', 22, ours)).toEqual({ kind: 'unknown' })
  })

  it('adds an accepted key, making a private folder and file', async () => {
    const known = await KnownHosts.load({ user: file, system: [] })
    await known.add('a.lab', 2222, ours)
    const again = await KnownHosts.load({ user: file, system: [] })
    expect(again.verdict('a.lab', 2222, ours)).toEqual({ kind: 'known' })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(join(directory, 'ssh'))).mode & 0o777).toBe(0o700)
  })

  it('adds below what is there, also after a last line without an end', async () => {
    const path = join(directory, 'known_hosts')
    const known = await list(line('a.lab', ours).trimEnd())
    await known.add('b.lab', 22, other)
    const text = await readFile(path, 'utf8')
    expect(text.split('\n').map((one) => one.split(' ')[0])).toEqual(['a.lab', 'b.lab', ''])
  })

  it.each(['*', 'a,b.lab', 'b.lab ssh-ed25519 AAAA', '!b.lab', '@revoked', '|1|x'])(
    'never writes "%s" so that it stands for other hosts',
    async (name) => {
      const path = join(directory, 'known_hosts')
      await (await list('')).add(name, 22, ours)
      const known = await KnownHosts.load({ user: path, system: [] })
      expect(known.verdict(name, 22, ours)).toEqual({ kind: 'known' })
      expect(known.verdict('b.lab', 22, ours)).toEqual({ kind: 'unknown' })
    },
  )

  it('hashes the name where the list hashes names, readable for ssh-keygen', async () => {
    const path = join(directory, 'known_hosts')
    await writeFile(path, line('a.lab', ours))
    execFileSync('ssh-keygen', ['-H', '-f', path], { stdio: 'ignore' })
    const known = await KnownHosts.load({ user: path, system: [] })
    expect(known.verdict('a.lab', 22, ours)).toEqual({ kind: 'known' })
    await known.add('b.lab', 2200, ours)
    expect(await readFile(path, 'utf8')).not.toContain('b.lab')
    const found = execFileSync('ssh-keygen', ['-F', '[b.lab]:2200', '-f', path]).toString()
    expect(found).toContain('line 2')
  })

  it('prints fingerprints as ssh-keygen does', async () => {
    const key = join(directory, 'key')
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key])
    const [, base64 = ''] = (await readFile(`${key}.pub`, 'utf8')).split(' ')
    const printed = execFileSync('ssh-keygen', ['-l', '-f', `${key}.pub`]).toString()
    expect(printed).toContain(` ${fingerprint(Buffer.from(base64, 'base64'))} `)
  })
})
