/** The memory of a guest that counts on its serial line, in files of one's choice, without libvirt. */
import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MovingStores } from '../../../../e2e/lab/moving-stores'
import { run } from '../../../../e2e/lab/run'
import { vmId } from '../../../../shared/model/ids'
import type { HypervisorSession } from '../../backend'
import { calm, expectKind, recordOf } from '../../suite/expect-kind'
import { qemuBackend } from '../qemu-backend'

const step = { timeout: 240_000 }
const vm = { name: 'saved', id: vmId.parse('5717e000-0000-4000-8000-0000000d0021') }
const plainly = { resume: 'as-it-was', bypassCache: false } as const

describe('memory in a file of a host without libvirt', () => {
  let stores: MovingStores
  let session: HypervisorSession
  let disk: string
  let path: string

  beforeAll(async () => {
    stores = await MovingStores.make()
    session = await qemuBackend().connect({
      uri: stores.uri('a'),
      signal: calm().signal,
      onStage: () => undefined,
      log: () => undefined,
      ask: async () => null,
    })
    disk = await stores.image(`${stores.images('a')}/saved.qcow2`)
    path = `${stores.images('a')}/memory of saved.save`
    await stores.define('a', { ...vm, diskPath: disk })
    await session.power(vm.id, 'start', calm())
    await stores.goesOn(vm.name)
  }, 300_000)

  afterAll(async () => {
    await session?.close()
    await stores?.remove()
  }, 60_000)

  it('is listed with whose it is, and the guest goes on counting where it was', step, async () => {
    await session.saves.saveToFile(vm.id, { ...plainly, path }, calm())
    expect(await stores.runsAt(vm.id)).toEqual([])
    expect(await recordOf(session, vm.id)).toMatchObject({ state: 'shut-off', hasSavedState: false })
    expect(await session.saves.savedFiles()).toMatchObject({
      folder: stores.images('a'),
      files: [{ path, name: vm.name, vm: vm.id, sizeBytes: expect.any(Number) }],
    })
    expect(await session.saves.savedFile(path)).toMatchObject({ wasRunning: true, problems: [] })
    await session.saves.restoreFile({ ...plainly, path, evenWritten: false })
    await stores.goesOn(vm.name)
    expect(await recordOf(session, vm.id)).toMatchObject({ state: 'running', isPersistent: true })
  })

  it('is refused where its disks were written to since, or with other hardware', step, async () => {
    await session.power(vm.id, 'forceOff', calm())
    await run(['touch', '-d', '+1 minute', disk])
    const wished = { ...plainly, path, evenWritten: false }
    await expect(session.saves.restoreFile(wished)).rejects.toMatchObject({
      kind: 'invalid',
      field: 'written',
    })
    const { xml, base } = await session.saves.savedDefinition({ kind: 'file', path })
    const of = { kind: 'file', path } as const
    const wider = xml.replace('<vcpu>1</vcpu>', '<vcpu>2</vcpu>')
    await expectKind(session.saves.editSaved({ of, base, xml: wider, resume: 'as-it-was' }), 'invalid')
    expect(await stores.runsAt(vm.id)).toEqual([])
  })

  it('comes back paused when its definition says so, and without it not at all', step, async () => {
    await run(['touch', '-d', '-1 hour', disk])
    const of = { kind: 'file', path } as const
    const { xml, base } = await session.saves.savedDefinition(of)
    await session.saves.editSaved({ of, base, xml, resume: 'paused' })
    const note = await readFile(`${path}.json`, 'utf8')
    await run(['rm', `${path}.json`])
    await expectKind(session.saves.restoreFile({ ...plainly, path, evenWritten: false }), 'invalid')
    await writeFile(`${path}.json`, note)
    await session.saves.restoreFile({ ...plainly, path, evenWritten: false })
    expect(await recordOf(session, vm.id)).toMatchObject({ state: 'paused' })
    await session.power(vm.id, 'resume', calm())
    await expect.poll(async () => (await recordOf(session, vm.id)).state).toBe('running')
  })

  it('is deleted with its definition, and what is no memory is left alone', step, async () => {
    await expectKind(session.saves.deleteFile(disk), 'invalid')
    await session.saves.deleteFile(path)
    expect((await session.saves.savedFiles()).files).toEqual([])
    expect((await session.storage.volumeNames('default')).volumes.map(({ name }) => name)).toEqual([
      'saved.qcow2',
    ])
  })

  it('is written for debuggers while the guest goes on', step, async () => {
    const dump = { ending: 'frozen', bypassCache: false } as const
    const written = async (
      name: string,
      format: 'raw' | 'kdump-zlib',
      isMemoryOnly: boolean,
    ): Promise<string> => {
      const to = `${stores.images('a')}/${name}`
      await session.saves.dumpMemory(vm.id, { ...dump, path: to, format, isMemoryOnly }, calm())
      expect(await recordOf(session, vm.id)).toMatchObject({ state: 'running' })
      return (await readFile(to)).subarray(0, 8).toString('latin1')
    }
    expect(await written('core.elf', 'raw', true)).toContain('ELF')
    // as makedumpfile writes it to a pipe, which crash reads as well
    expect(await written('core.kdump', 'kdump-zlib', true)).toContain('makedump')
    expect(await written('core.qemu', 'raw', false)).toContain('QEVM')
    // it was taken back to what the file had, so that it has told some numbers twice
    const { length } = await stores.numbers(vm.name)
    await expect
      .poll(async () => (await stores.numbers(vm.name)).length, { timeout: 60_000 })
      .toBeGreaterThan(length)
  })
})
