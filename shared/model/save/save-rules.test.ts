import { describe, expect, it } from 'vitest'
import { restoreProblems, saveProblems, writtenField, type RestoreFound, type SaveFound } from './save-rules'
import { savedFileName, saveToFileInput } from './saved-state'

const gib = 1024 ** 3
const save: SaveFound = {
  name: 'web',
  state: 'running',
  path: '/saves/web.save',
  isTaken: false,
  hasFolder: true,
  memoryBytes: 4 * gib,
  inUseBytes: gib,
  freeBytes: 10 * gib,
  isPersistent: true,
}
const restore: RestoreFound = { name: 'web', isNameTaken: false, writtenDisks: [] }
const off = { name: 'web', state: 'shut-off', hasSavedState: false, isTemplate: false } as const

describe('saving to a file', () => {
  it('has nothing against it where there is room for all of the memory', () => {
    expect(saveProblems(save)).toEqual([])
  })

  it('is refused, with both figures, where what the guest uses does not fit', () => {
    expect(saveProblems({ ...save, freeBytes: gib / 2 })).toMatchObject([
      {
        level: 'error',
        field: 'path',
        message: '/saves has 512 MiB left, and the guest uses 1 GiB of memory.',
      },
    ])
  })

  it('is warned of where only what the guest uses now fits', () => {
    expect(saveProblems({ ...save, freeBytes: 2 * gib })).toMatchObject([{ level: 'warning' }])
  })

  it('reckons with all of the memory where nobody tells what is used', () => {
    const { inUseBytes: _, ...unknown } = save
    expect(saveProblems({ ...unknown, freeBytes: 2 * gib })).toMatchObject([
      { level: 'error', message: '/saves has 2 GiB left, and the guest uses 4 GiB of memory.' },
    ])
  })

  it('is not judged by room that nobody knows', () => {
    const { freeBytes: _, ...unknown } = save
    expect(saveProblems(unknown)).toEqual([])
  })

  it.each([
    ['a file that is there', { isTaken: true }, /already a file/],
    ['a folder that is not', { hasFolder: false }, /no folder \/saves/],
    ['a VM that is off', { state: 'shut-off' }, /only a running or paused VM/],
  ] as const)('is refused for %s', (_, change, message) => {
    expect(saveProblems({ ...save, ...change })).toMatchObject([
      { level: 'error', message: expect.stringMatching(message) as string },
    ])
  })

  it('says that a transient VM leaves the list', () => {
    expect(saveProblems({ ...save, isPersistent: false })).toMatchObject([{ level: 'warning' }])
  })

  it('takes whole paths of files only', () => {
    const { path } = saveToFileInput.shape
    expect(path.safeParse('/saves/web.save').success).toBe(true)
    for (const wrong of ['web.save', '/', '/saves/', '/saves/a\nb', ''])
      expect(path.safeParse(wrong).success).toBe(false)
  })

  it('proposes a name that any shell and file system takes', () => {
    expect(savedFileName('Büro web/1', Date.UTC(2026, 10, 29, 14, 5, 9))).toBe(
      'B_ro_web_1-20261129-140509.save',
    )
  })
})

describe('restoring a file', () => {
  it('has nothing against it while the VM is off and its disks are as they were', () => {
    expect(restoreProblems({ ...restore, vmNow: off })).toEqual([])
  })

  it('is refused while that VM is on, by its present name', () => {
    expect(restoreProblems({ ...restore, vmNow: { ...off, name: 'new', state: 'paused' } })).toMatchObject([
      { level: 'error', message: expect.stringMatching(/^new is paused/) as string },
    ])
  })

  it('is refused for a template, a VM that was renamed, and a name that another VM has', () => {
    for (const change of [
      { vmNow: { ...off, isTemplate: true } },
      { vmNow: { ...off, name: 'other' } },
      { isNameTaken: true },
    ])
      expect(restoreProblems({ ...restore, ...change })[0]).toMatchObject({ level: 'error' })
  })

  it('needs that the user insists once the disks were written to', () => {
    expect(restoreProblems({ ...restore, vmNow: off, writtenDisks: ['/i/web.qcow2'] })).toMatchObject([
      { level: 'warning', field: writtenField, message: expect.stringContaining('/i/web.qcow2') as string },
    ])
  })

  it('tells of a VM that the host does not know, and of another saved state', () => {
    expect(restoreProblems(restore)).toMatchObject([{ level: 'warning' }])
    expect(restoreProblems({ ...restore, vmNow: { ...off, hasSavedState: true } })).toMatchObject([
      { level: 'warning' },
    ])
  })
})
