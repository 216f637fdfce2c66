import { configure, render } from '@testing-library/react'
import { vi } from 'vitest'
import type { ErrorData } from '../../../shared/errors'
import { plain } from '../../../shared/model/hardware/field'
import { taskId, vmId, type HostId } from '../../../shared/model/ids'
import type { Pool } from '../../../shared/model/storage/pool'
import type { StorageUsage, Volume } from '../../../shared/model/storage/volume'
import { installFakeMain, type Answers, type FakeMain } from '../../api/fake'
import { replaceHosts } from '../../stores/hosts'
import { putTask } from '../../stores/tasks'
import { connectedHost, testInfo } from '../../stores/test-host'
import { replaceVms } from '../../stores/vms'
import { useDialog } from '../../stores/dialogs'
import { StorageDialog } from './dialogs/StorageDialog'
import { forgetPools } from './pools'
import { StorageTab } from './StorageTab'
import { forgetUsage } from './usage'
import { forgetVolumes } from './use-volumes'

/** A ceiling for a busy machine, not a measure. */
configure({ asyncUtilTimeout: 10_000 })

export const gib = 1024 ** 3

export function poolOf(name: string, change: Partial<Pool> = {}): Pool {
  return {
    name,
    uuid: `uuid-${name}`,
    state: 'running',
    type: 'dir',
    isAutostart: true,
    isPersistent: true,
    path: `/pools/${name}`,
    capacityBytes: 100 * gib,
    allocationBytes: 40 * gib,
    availableBytes: 60 * gib,
    ...change,
  }
}

export function volumeOf(name: string, change: Partial<Volume> = {}): Volume {
  return {
    name,
    key: `/pools/images/${name}`,
    path: `/pools/images/${name}`,
    type: 'file',
    format: 'qcow2',
    capacityBytes: 20 * gib,
    allocationBytes: 5 * gib,
    isEncrypted: false,
    ...change,
  }
}

interface World {
  readonly pools?: readonly Pool[]
  readonly poolsError?: ErrorData
  readonly volumes?: readonly Volume[]
  readonly usage?: StorageUsage
  readonly isReadOnly?: boolean
  readonly isConnected?: boolean
  readonly storage?: Answers['storage']
  readonly files?: Answers['files']
}

/** A host with storage, its page on the screen. Whatever is asked for as a task is done at once. */
export function showStorage(world: World = {}): FakeMain & { host: HostId } {
  const volumes = world.volumes ?? []
  const done = (kind: string) => (): ReturnType<typeof taskId.parse> => {
    const id = taskId.parse(`t${serial++}`)
    putTask({ id, kind, title: kind, state: 'succeeded', startedAtMs: 0, canCancel: false })
    return id
  }
  const info = { ...testInfo, isReadOnly: world.isReadOnly ?? false }
  const host = connectedHost('h')
  const shown =
    world.isConnected === false
      ? { ...host, status: { kind: 'disconnected' as const, sinceMs: 0 } }
      : { ...host, status: { ...host.status, info } as typeof host.status }
  const main = installFakeMain({
    storage: {
      pools: () => ({
        items: world.pools ?? [poolOf('images')],
        ...(world.poolsError === undefined ? {} : { error: world.poolsError }),
      }),
      volumeNames: () => ({
        volumes: volumes.map(({ name, key }) => ({ name, key })),
        isTruncated: false,
      }),
      volumeDetails: ({ names }) => ({ volumes: volumes.filter(({ name }) => names.includes(name)) }),
      usage: () => world.usage ?? { users: {}, unread: [] },
      unfinishedUploads: () => [],
      createPool: done('pool.create'),
      poolAction: done('pool.start'),
      deletePool: done('pool.delete'),
      createVolume: done('volume.create'),
      createVolumeFromXml: done('volume.create'),
      previewVolume: ({ values }) => ({
        xml: `<volume><name>${plain(values['name'])}</name></volume>`,
        writesTables: false,
      }),
      cloneVolume: done('volume.clone'),
      resizeVolume: done('volume.resize'),
      wipeVolume: done('volume.wipe'),
      deleteVolumes: done('volume.delete'),
      upload: done('volume.upload'),
      download: done('volume.download'),
      ...world.storage,
    },
    ...(world.files ? { files: world.files } : {}),
  })
  replaceHosts([shown])
  replaceVms([
    {
      id: vmId.parse('11111111-2222-3333-4444-000000000001'),
      host: host.id,
      name: 'web-01',
      state: 'running',
      isPersistent: true,
      hasSavedState: false,
      autostart: false,
      vcpuCount: 1,
      memoryBytes: gib,
      maxMemoryBytes: gib,
    },
  ])
  render(
    <>
      <StorageTab host={host.id} />
      <OpenDialog />
    </>,
  )
  return { ...main, host: host.id }
}

function OpenDialog() {
  const open = useDialog((state) => state.open)
  return open?.kind === 'storage' ? <StorageDialog key={JSON.stringify(open)} dialog={open} /> : null
}

let serial = 0

/** jsdom lays nothing out: the table gets a size, so that it has lines to draw. */
export function layOut(): void {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    },
  )
  for (const name of ['offsetHeight', 'clientHeight'] as const)
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(600)
  for (const name of ['offsetWidth', 'clientWidth'] as const)
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(1000)
}

export function forgetStorage(): void {
  forgetPools()
  forgetUsage()
  forgetVolumes()
}

/** The inputs of all requests of a kind so far. */
export function asked(main: FakeMain, channel: string): unknown[] {
  return main.calls.filter((call) => call.channel === channel).map(({ input }) => input)
}
