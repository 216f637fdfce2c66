import { expect, test } from 'vitest'
import { libvirtBackend } from './libvirt-backend'

test('it speaks for the drivers of a libvirt daemon, with or without a transport, in any case', () => {
  const { accepts } = libvirtBackend()
  const uris = [
    'qemu:///system',
    'QEMU+ssh://root@a/system',
    'xen:///',
    'lxc+unix:///',
    'test:///default',
    'remote://a/',
  ]
  expect(uris.filter((uri) => !accepts(uri))).toEqual([])
})

test('it leaves other schemes alone, so that they are told to be no host', () => {
  const { accepts } = libvirtBackend()
  expect(
    ['http://a/', 'demo://local/', 'ssh://a', 'qemux:///system', ''].filter((uri) => accepts(uri)),
  ).toEqual([])
})
