import { expect, it } from 'vitest'
import { cloneNames, suggestCloneName } from '../../shared/model/clone'
import { renamedPath, volumeName } from './names'

it('a file gets the name of the clone in place of the VM’s, never a piece of another name', () => {
  expect(renamedPath('/n/web_VARS.fd', 'web', 'web-2')).toBe('/n/web-2_VARS.fd')
  expect(renamedPath('/n/website.fd', 'web', 'web-2')).toBe('/n/web-2-website.fd')
  expect(renamedPath('/n/web-1.fd', 'web', 'x')).toBe('/n/x-web-1.fd')
  expect(renamedPath('/n/$&.fd', '$&', '$1')).toBe('/n/$1.fd')
})

it('a file’s new name is free, and no longer than file systems take', () => {
  const there = new Set(['/n/web-2_VARS.fd', '/n/web-2-2_VARS.fd'])
  expect(renamedPath('/n/web_VARS.fd', 'web', 'web-2', (path) => there.has(path))).toBe('/n/web-2-3_VARS.fd')
  const long = 'ä'.repeat(125)
  const [one = '', other = ''] = ['1', '2'].map((number) =>
    renamedPath('/n/web_VARS.fd', 'web', `${long}-${number}`).slice(3),
  )
  expect(one).toMatch(/^ä+-[0-9a-f]{8}_VARS\.fd$/)
  expect(one).not.toBe(other)
  for (const name of [one, renamedPath(`/n/${'x'.repeat(251)}.fd`, 'web', 'web-2').slice(3)]) {
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
    expect(name).toMatch(/\.fd$/)
  }
})

it('volumes are named after the clone and its disks, and never as one that is there', () => {
  const free = (): boolean => false
  const first = { target: 'vda', isFirst: true }
  expect(volumeName('web-2', first, 'qcow2', true, free)).toBe('web-2.qcow2')
  expect(volumeName('web-2', { target: 'vdb', isFirst: false }, 'raw', true, free)).toBe('web-2-vdb.img')
  expect(volumeName('a:b', { target: '../x', isFirst: false }, 'raw', false, free)).toBe('a-b----x')
  const there = new Set(['web-2.qcow2', 'web-2-2.qcow2'])
  expect(volumeName('web-2', first, 'qcow2', true, (name) => there.has(name))).toBe('web-2-3.qcow2')
})

it('several clones are numbered on from the number that their name ends with', () => {
  expect(cloneNames('web', 1)).toEqual(['web'])
  expect(cloneNames('web', 2)).toEqual(['web-1', 'web-2'])
  expect(cloneNames('web-09', 3)).toEqual(['web-09', 'web-10', 'web-11'])
})

it('a free name is proposed, also where names differ in their case only', () => {
  expect(suggestCloneName('web', ['web'])).toBe('web-clone')
  expect(suggestCloneName('web', ['WEB-clone', 'web-clone-2'])).toBe('web-clone-3')
})
