import { describe, expect, it } from 'vitest'
import { parseHostUri } from '../../../shared/model/host-uri'
import { isReadOnlySocket, localSockets, remoteSocket } from './socket-paths'

const user = { runtime: '/run/user/1000', home: '/home/ann' }

describe('sockets on this computer', () => {
  it.each([
    ['qemu:///system', ['/var/run/libvirt/virtqemud-sock', '/var/run/libvirt/libvirt-sock'], []],
    ['xen:///system', ['/var/run/libvirt/virtxend-sock', '/var/run/libvirt/libvirt-sock'], []],
    ['test:///default', ['/var/run/libvirt/libvirt-sock'], []],
    ['qemu:///system?mode=legacy', ['/var/run/libvirt/libvirt-sock'], []],
    ['qemu:///system?mode=direct', ['/var/run/libvirt/virtqemud-sock'], []],
    ['qemu:///system?socket=/tmp/s', ['/tmp/s'], []],
    [
      'qemu:///session',
      ['/run/user/1000/libvirt/virtqemud-sock', '/run/user/1000/libvirt/libvirt-sock'],
      ['virtqemud', 'libvirtd'],
    ],
  ])('for %s', (uri, paths, startable) => {
    expect(localSockets(parseHostUri(uri), user)).toEqual({ paths, startable })
  })

  it.each([
    ['qemu:///system', ['/var/run/libvirt/virtqemud-sock-ro', '/var/run/libvirt/libvirt-sock-ro']],
    // only a system's daemon has a second socket
    ['qemu:///session?mode=legacy', ['/run/user/1000/libvirt/libvirt-sock']],
    ['qemu:///system?socket=/tmp/s', ['/tmp/s']],
  ])('for looking only: %s', (uri, paths) => {
    expect(localSockets(parseHostUri(uri), user, true).paths).toEqual(paths)
  })

  it('knows a socket that lets nobody change anything by its name', () => {
    expect(isReadOnlySocket(parseHostUri('qemu:///system?socket=/run/libvirt/libvirt-sock-ro'))).toBe(true)
    expect(isReadOnlySocket(parseHostUri('qemu:///system?socket=/run/libvirt/libvirt-sock'))).toBe(false)
  })

  it('uses the cache folder where there is no runtime folder', () => {
    const { paths } = localSockets(parseHostUri('qemu:///session?mode=legacy'), { home: '/home/ann' })
    expect(paths).toEqual(['/home/ann/.cache/libvirt/libvirt-sock'])
  })

  it('refuses modes that make no sense', () => {
    expect(() => localSockets(parseHostUri('test:///default?mode=direct'), user)).toThrow(
      expect.objectContaining({ kind: 'unsupported' }),
    )
    expect(() => localSockets(parseHostUri('qemu:///system?mode=fast'), user)).toThrow(
      expect.objectContaining({ kind: 'invalid', field: 'uri' }),
    )
  })
})

describe('the socket on a far host', () => {
  it.each([
    ['qemu+ssh://h/system', '/var/run/libvirt/libvirt-sock'],
    ['qemu+ssh://h/system?socket=/x', '/x'],
    ['qemu+ssh://h/session', undefined],
    // not even with a socket named: nothing leads there
    ['qemu+tls://h/system?socket=/x', undefined],
    ['qemu+tcp://h/system', undefined],
  ])('for %s', (uri, path) => {
    expect(remoteSocket(parseHostUri(uri))).toBe(path)
  })
})
