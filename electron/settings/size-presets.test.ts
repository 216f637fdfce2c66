import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSettings } from './settings'
import { SizePresets } from './size-presets'

const gib = 1024 ** 3
const size = { vcpuCount: 3, memoryBytes: 6 * gib, storageBytes: 30 * gib }
let directory: string
let presets: SizePresets

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'presets-'))
  presets = new SizePresets(await openSettings(directory))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

it('keeps sizes under a name, also for the next start', async () => {
  expect(presets.list()).toEqual([])
  const [kept] = await presets.save({ label: 'Build server', ...size })
  expect(kept).toMatchObject({ label: 'Build server', ...size })
  expect(new SizePresets(await openSettings(directory)).list()).toEqual([kept])
})

it('renames and deletes one, and leaves the others as they are', async () => {
  await presets.save({ label: 'One', ...size })
  const [one, two] = await presets.save({ label: 'Two', ...size })
  if (!one || !two) throw new Error('Two sizes were saved')
  expect(await presets.save({ ...one, label: 'First' })).toEqual([{ ...one, label: 'First' }, two])
  expect(await presets.remove(one.id)).toEqual([two])
  await expect(presets.save({ ...one, label: 'Gone' })).rejects.toMatchObject({ kind: 'not-found' })
})

it('refuses a name that another one has, ours as well', async () => {
  const [one] = await presets.save({ label: 'One', ...size })
  for (const label of ['one', 'Small'])
    await expect(presets.save({ label, ...size })).rejects.toMatchObject({
      kind: 'already-exists',
      field: 'label',
    })
  // its own is not another's
  expect(await presets.save({ ...size, id: one?.id, label: 'ONE' })).toMatchObject([{ label: 'ONE' }])
})

it('keeps no more than there is room for', async () => {
  for (let at = 0; at < 50; at += 1) await presets.save({ label: `Size ${at}`, ...size })
  await expect(presets.save({ label: 'One more', ...size })).rejects.toMatchObject({ kind: 'invalid' })
})
