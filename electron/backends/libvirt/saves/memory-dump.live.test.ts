import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLab, type Lab, type LabHost } from '../../../../e2e/lab/lab'
import { vmId, type VmId } from '../../../../shared/model/ids'
import type { HypervisorSession } from '../../backend'
import { calm, expectKind, recordOf } from '../../suite/expect-kind'
import { openSession } from '../testing/suite-host'

const name = 'dump-live'
const folder = '/var/lib/libvirt/images'
const mib = 1024 ** 2

/** The memory of a real guest in a file of its host. */
describe('memory written for debuggers', () => {
  let lab: Lab
  let host: LabHost
  let session: HypervisorSession
  let id: VmId

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    await host.startGuest({ name, memoryMiB: 128, graphics: 'none' })
    session = await openSession(host.uri())
    id = vmId.parse((await host.virsh(['domuuid', name])).trim())
  })

  afterAll(async () => {
    await session?.close()
    await host?.exec(['sh', '-c', `rm -f ${folder}/${name}-*`])
    await host?.removeGuest(name)
    await lab?.stop()
  })

  /** The first bytes of a file, as hexadecimal. */
  const head = (path: string, bytes: number): Promise<string> =>
    host.exec(['od', '-An', '-tx1', '-N', String(bytes), path]).then((text) => text.replaceAll(/\s/g, ''))
  const sizeOf = async (path: string): Promise<number> => Number(await host.exec(['stat', '-c', '%s', path]))

  it('is an ELF file as large as the memory, and the guest goes on', async () => {
    const path = `${folder}/${name}-elf`
    const request = { path, isMemoryOnly: true, format: 'raw', ending: 'frozen', bypassCache: false } as const
    const progress: number[] = []
    await session.saves.dumpMemory(id, request, { ...calm(), onProgress: (share) => progress.push(share) })
    expect(await head(path, 4)).toBe('7f454c46')
    expect(await sizeOf(path)).toBeGreaterThan(128 * mib)
    expect(progress.at(-1)).toBe(1)
    expect((await recordOf(session, id)).state).toBe('running')
    await expectKind(session.saves.dumpMemory(id, request, calm()), 'invalid')
  })

  it('is smaller in a form of kdump', async () => {
    const path = `${folder}/${name}-kdump`
    const request = {
      path,
      isMemoryOnly: true,
      format: 'kdump-zlib',
      ending: 'live',
      bypassCache: false,
    } as const
    await session.saves.dumpMemory(id, request, calm())
    expect(await sizeOf(path)).toBeLessThan(128 * mib)
  })

  it('leaves the guest off when that is wanted', async () => {
    const path = `${folder}/${name}-off`
    const request = { path, isMemoryOnly: true, format: 'raw', ending: 'off', bypassCache: false } as const
    await session.saves.dumpMemory(id, request, calm())
    await host.waitState(name, 'shut off')
    expect(await head(path, 4)).toBe('7f454c46')
  })
})
