import { expect, it } from 'vitest'
import { definitionFile } from './definition-file'

it('names the file of a definition where libvirt has one of its own for each VM', () => {
  expect(definitionFile({ connectedUri: 'qemu:///system' }, 'web 01')).toBe('/etc/libvirt/qemu/web 01.xml')
  expect(definitionFile({ connectedUri: 'qemu:///session' }, 'web')).toBe('~/.config/libvirt/qemu/web.xml')
})

it('names none where it is not known', () => {
  for (const connectedUri of ['test:///default', 'demo://local/', 'xen:///system', 'qemu:///embed?root=/x'])
    expect(definitionFile({ connectedUri }, 'web')).toBeUndefined()
})
