import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findLocalDaemons, type LocalPlaces } from './local-daemons'

let directory: string
let places: LocalPlaces

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'daemons-'))
  await mkdir(join(directory, 'system'))
  await mkdir(join(directory, 'session'))
  await mkdir(join(directory, 'programs'))
  places = {
    systemDirectory: join(directory, 'system'),
    sessionDirectory: join(directory, 'session'),
    xenCapabilities: join(directory, 'capabilities'),
    platform: 'linux',
    programDirectories: [join(directory, 'none'), join(directory, 'programs')],
    canOpen: async () => undefined,
  }
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const make = (path: string): Promise<void> => writeFile(join(directory, path), '')
const found = async (): Promise<string[]> => (await findLocalDaemons(places)).map((daemon) => daemon.uri)

describe('daemons of this computer', () => {
  it('are none where there is no socket', async () => {
    expect(await found()).toEqual([])
    expect(await findLocalDaemons({ ...places, sessionDirectory: undefined })).toEqual([])
  })

  it('are found by the sockets of either layout', async () => {
    await make('system/libvirt-sock')
    expect(await found()).toEqual(['qemu:///system'])
    await make('system/virtqemud-sock')
    await make('system/virtlxcd-sock')
    await make('session/virtqemud-sock')
    expect(await found()).toEqual(['qemu:///system', 'lxc:///system', 'qemu:///session'])
  })

  it('are followed by QEMU itself, found by its programs, which needs none', async () => {
    await make('programs/qemu-img')
    expect(await found()).toEqual([])
    await make('programs/qemu-system-aarch64')
    expect(await found()).toEqual(['qemu-direct:///'])
    await make('system/libvirt-sock')
    expect(await found()).toEqual(['qemu:///system', 'qemu-direct:///'])
    expect((await findLocalDaemons({ ...places, platform: 'darwin' })).map(({ uri }) => uri)).toEqual([
      'qemu:///system',
    ])
  })

  it('speak for Xen on a Xen host', async () => {
    await make('system/libvirt-sock')
    await make('capabilities')
    expect(await found()).toEqual(['xen:///system'])
  })

  it('that this user may not open are shown with the way out', async () => {
    await make('system/libvirt-sock')
    const canOpen = async (): Promise<void> => {
      throw new Error('EACCES: permission denied')
    }
    expect(await findLocalDaemons({ ...places, canOpen })).toEqual([
      {
        uri: 'qemu:///system',
        title: 'QEMU/KVM on this computer',
        access: {
          ok: false,
          error: {
            kind: 'denied',
            message: 'Your account may not use the virtualization service',
            cure: 'Add it to the group libvirt (sudo usermod -aG libvirt $USER), then sign out and in again',
            detail: 'EACCES: permission denied',
          },
        },
      },
    ])
  })
})
