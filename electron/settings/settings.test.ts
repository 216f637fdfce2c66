import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { info, vm } from '../hosts/testing/tiny-backend'
import { storedHostId, type StoredHost } from './schema'
import { openSettings } from './settings'

let directory: string
const id = storedHostId.parse('host-1')
const host: StoredHost = { id, uri: 'qemu+ssh://root@a/system', autoconnect: true, keyFile: '/k' }

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'settings-')), 'home')
})
afterEach(() => rm(join(directory, '..'), { recursive: true, force: true }))

const file = (): string => join(directory, 'settings.json')

describe('settings', () => {
  it('begins with defaults and writes nothing until something changes', async () => {
    const settings = await openSettings(directory)
    expect(settings.data).toEqual({ version: 1, hosts: [], theme: 'system' })
    expect(settings.warnings).toEqual([])
    expect(settings.isFirstRun).toBe(true)
    await expect(stat(directory)).rejects.toThrow('ENOENT')
  })

  it('brings back what was kept, for this user alone', async () => {
    const settings = await openSettings(directory)
    await settings.update((data) => ({
      ...data,
      hosts: [host],
      theme: 'dark',
      window: { bounds: { x: -5, y: 0, width: 800, height: 600 }, isMaximised: true },
    }))
    expect((await openSettings(directory)).data).toEqual(settings.data)
    expect((await stat(file())).mode & 0o777).toBe(0o600)
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
    expect(await readdir(directory)).toEqual(['settings.json'])
  })

  it('keeps the last of many changes', async () => {
    const settings = await openSettings(directory)
    const themes = ['dark', 'light', 'system', 'dark', 'light'] as const
    await Promise.all(themes.map((theme) => settings.update((data) => ({ ...data, theme }))))
    expect((await openSettings(directory)).data.theme).toBe('light')
  })

  it.each(['{"version":1,"hosts":', '[]', '{"version":1,"hosts":[{"id":"../x"}],"theme":"system"}', ''])(
    'keeps a broken file aside and begins anew: %s',
    async (text) => {
      await mkdir(directory)
      await writeFile(file(), text)
      const settings = await openSettings(directory, () => 0)
      expect(settings.data.hosts).toEqual([])
      expect(settings.warnings).toMatchObject([{ kind: 'invalid' }])
      const aside = join(directory, 'settings.json.bad-1970-01-01T000000.000Z')
      expect(await readFile(aside, 'utf8')).toBe(text)
      await settings.update((data) => ({ ...data, theme: 'dark' }))
      expect((await openSettings(directory)).data.theme).toBe('dark')
    },
  )

  it('never overwrites the file of a newer version', async () => {
    await mkdir(directory)
    const newer = '{"version":99,"hosts":"something else"}'
    await writeFile(file(), newer)
    const settings = await openSettings(directory)
    expect(settings.warnings).toMatchObject([{ kind: 'unsupported' }])
    await settings.update((data) => ({ ...data, theme: 'dark' }))
    expect(settings.data.theme).toBe('dark')
    expect(await readFile(file(), 'utf8')).toBe(newer)
  })

  it('starts with a warning when the file cannot be read at all', async () => {
    await mkdir(file(), { recursive: true })
    const settings = await openSettings(directory)
    expect(settings.warnings).toMatchObject([{ kind: 'denied' }])
  })

  it('says so when it cannot write, and writes again once it can', async () => {
    await mkdir(join(directory, '..'), { recursive: true })
    await writeFile(directory, 'in the way')
    await chmod(directory, 0o600)
    const settings = await openSettings(join(directory, 'sub')).catch(() => undefined)
    expect(settings?.warnings ?? []).toMatchObject([{ kind: 'denied' }])
    await rm(directory)
    const later = await openSettings(directory)
    await writeFile(directory, 'in the way')
    await expect(later.update((data) => ({ ...data, theme: 'dark' }))).rejects.toMatchObject({
      message: 'The settings could not be saved',
    })
    await rm(directory)
    await later.update((data) => ({ ...data, theme: 'light' }))
    expect((await openSettings(directory)).data.theme).toBe('light')
  })
})

describe('last known inventory', () => {
  const inventory = { savedAtMs: 5, info, vms: [vm(1), vm(2, { title: 'Two', state: 'running' })] }

  it('is kept in a file of its own per host', async () => {
    const settings = await openSettings(directory)
    await settings.writeInventory(id, inventory)
    expect(await (await openSettings(directory)).readInventory(id)).toMatchObject(inventory)
    await settings.removeInventory(id)
    expect(await settings.readInventory(id)).toBeUndefined()
  })

  it('is simply missing when it cannot be read', async () => {
    const settings = await openSettings(directory)
    await mkdir(join(directory, 'inventory'), { recursive: true })
    await writeFile(join(directory, 'inventory', 'host-1.json'), '{"version":1,"vms":[{"id":"x"}]}')
    expect(await settings.readInventory(id)).toBeUndefined()
  })

  it('cannot be led outside its folder by a host id', async () => {
    const settings = await openSettings(directory)
    await expect(async () => settings.writeInventory('../../x' as typeof id, inventory)).rejects.toThrow()
  })
})
