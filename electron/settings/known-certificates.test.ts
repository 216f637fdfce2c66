import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hostId } from '../../shared/model/ids'
import { KnownCertificates } from './known-certificates'

const [a, b] = [hostId.parse('a'), hostId.parse('b')]
const [one, other] = ['AB', 'CD'].map((byte) => Array.from({ length: 32 }, () => byte).join(':')) as [
  string,
  string,
]

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-known-'))
})
afterEach(() => rm(folder, { recursive: true }))

const open = (nowMs = 5): Promise<KnownCertificates> => KnownCertificates.open(folder, () => nowMs)

it('remembers for each host the certificate the user trusted last, and since when', async () => {
  const known = await open()
  await known.trust(a, one)
  await known.trust(b, one)
  await known.trust(a, other)
  const again = await open()
  expect(again.get(a)).toEqual({ fingerprint: other, sinceMs: 5 })
  expect(again.get(b)).toEqual({ fingerprint: one, sinceMs: 5 })
})

it('forgets those of a host that is removed', async () => {
  const known = await open()
  await known.trust(a, one)
  await known.forgetHost(a)
  expect((await open()).get(a)).toBeUndefined()
})

it('trusts nothing because of a file that makes no sense', async () => {
  const path = join(folder, 'known-certificates.json')
  for (const text of ['nonsense', '{}', `[{"host":"a","fingerprint":"AB","sinceMs":1}]`]) {
    await writeFile(path, text)
    expect((await open()).get(a)).toBeUndefined()
  }
})
