import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { publicKeys } from './public-keys'

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8vDkLqvXyLfFqGJ0Ue3k9Ylnqh6f3oYgWm3c9s1a2b ann@desk'
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-keys-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('tells the public keys of a folder, and nothing else that is in it', async () => {
  const put = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text)
  await put('id_ed25519.pub', `${key}\n`)
  await put('id_ed25519', '-----BEGIN OPENSSH PRIVATE KEY-----\n')
  await put('config', 'Host *\n')
  await put('private.pub', '-----BEGIN OPENSSH PRIVATE KEY-----\n')
  await put('two.pub', `${key}\n${key}\n`)
  await put('large.pub', `${key} ${'x'.repeat(20_000)}`)
  await symlink(join(folder, 'config'), join(folder, 'link.pub'))
  expect(await publicKeys(folder)).toEqual([{ name: 'id_ed25519.pub', line: key }])
})

test('does not wait for a pipe that has the name of a key', async () => {
  execFileSync('mkfifo', [join(folder, 'pipe.pub')])
  expect(await publicKeys(folder)).toEqual([])
})

test('there are none where there is no such folder', async () => {
  expect(await publicKeys(join(folder, 'gone'))).toEqual([])
})
