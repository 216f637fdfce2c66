/** Moves between two real hosts of guests that count on their serial line: whatever happens, no number is lost or told twice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLab, type Lab, type LabHost } from '../../e2e/lab/lab'
import { usualMoveOptions, type MoveOptions } from '../../shared/model/migration/options'
import type { MigrationFigures } from '../../shared/model/migration/figures'
import type { HypervisorSession } from '../backends/backend'
import { openSession } from '../backends/libvirt/testing/suite-host'
import type { VmId } from '../../shared/model/ids'

const share = '/var/lib/libvirt/share'

describe('a VM that moves between real hosts', () => {
  let lab: Lab
  let a: LabHost
  let b: LabHost
  let from: HypervisorSession
  let to: HypervisorSession

  const idOf = async (session: HypervisorSession, name: string): Promise<VmId> => {
    const found = (await session.listVms()).find((vm) => vm.name === name)
    if (!found) throw new Error(`There is no ${name}`)
    return found.id
  }
  const counts = async (...hosts: LabHost[]): Promise<number[]> => {
    const text = (await Promise.all(hosts.map((host) => host.serialLog('mover')))).join('')
    return [...text.matchAll(/LAB-COUNT (\d+)\r?\n/g)].map(([, number]) => Number(number))
  }
  const inOrder = (numbers: number[]): void => {
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, at) => at + 1))
  }

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA', 'labB'] })
    ;[a, b] = [lab.host('labA'), lab.host('labB')]
    ;[from, to] = await Promise.all([openSession(a.uri()), openSession(b.uri())])
    await a.exec([
      'bash',
      '-ec',
      `mkdir -p /var/lib/libvirt/brick
      mount -t tmpfs none /var/lib/glusterd
      glusterd; until gluster pool list >/dev/null 2>&1; do sleep 0.2; done
      gluster --mode=script volume create vmstore ${a.address}:/var/lib/libvirt/brick force
      gluster --mode=script volume start vmstore`,
    ])
    for (const session of [from, to])
      await session.storage.createPool(
        {
          values: {
            type: 'netfs',
            name: 'share',
            server: a.address,
            exportPath: '/vmstore',
            share: 'glusterfs',
            path: share,
          },
          build: 'build',
          start: true,
          autostart: false,
        },
        { signal: new AbortController().signal, onProgress: () => undefined },
      )
    await a.virsh(['vol-create-as', 'share', 'mover.qcow2', '64M', '--format', 'qcow2'])
  }, 240_000)

  afterAll(async () => {
    await from?.close()
    await to?.close()
    for (const host of [a, b])
      await host
        ?.exec(['bash', '-c', `umount -l ${share}; pkill gluster; umount -l /var/lib/glusterd`])
        .catch(() => '')
    await lab?.stop()
  })

  it('moves', { timeout: 240_000 }, async () => {
    await a.startGuest({ name: 'mover', diskPath: `${share}/mover.qcow2`, load: ['count', 'disk'], graphics: 'none' })
    await a.waitSerial('mover', /LAB-COUNT 5\b/)
    const id = await idOf(from, 'mover')
    const definitions = await from.migration.definitions(id)
    const figures: MigrationFigures[] = []
    const options: MoveOptions = usualMoveOptions
    const started = Date.now()
    const outcome = await from.migration.move(
      id,
      to.migration,
      { options, definitions, copiedDisks: [] },
      { signal: new AbortController().signal, onFigures: (one) => void figures.push(one) },
    )
    console.info(Date.now() - started, outcome, figures.length, figures.slice(0, 4))
    const before = (await counts(a)).length
    await b.waitSerial('mover', new RegExp(`LAB-COUNT ${before + 20}\\b`))
    inOrder(await counts(a, b))
    expect(await a.guestState('mover')).toBeUndefined()
    expect(await b.guestState('mover')).toBe('running')
  })
})
