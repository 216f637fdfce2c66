import { expect, it } from 'vitest'
import type { VolumeChoice } from '../../host-choices'
import { emptied, formatOfVolume, mediumOf } from './disk-volume'

const volume = (more: Partial<VolumeChoice>): VolumeChoice => ({
  name: 'web.qcow2',
  path: '/srv/web.qcow2',
  type: 'file',
  ...more,
})

it('a volume is read in its format, and CD images and devices as they are', () => {
  expect(formatOfVolume(volume({ format: 'qcow2' }))).toBe('qcow2')
  expect(formatOfVolume(volume({ format: 'iso' }))).toBe('raw')
  expect(formatOfVolume(volume({ type: 'block' }))).toBe('raw')
  expect(formatOfVolume(volume({ format: 'unknown' }))).toBeUndefined()
  expect(formatOfVolume(volume({}))).toBeUndefined()
})

it('a medium says what kind of place it is in, and what was before goes', () => {
  expect(mediumOf(volume({ format: 'qcow2' }), 'images')).toMatchObject({
    sourceType: 'file',
    file: '/srv/web.qcow2',
    format: 'qcow2',
    blockDevice: undefined,
  })
  expect(mediumOf(volume({ type: 'block', path: '/dev/vg0/data' }), 'vg0')).toMatchObject({
    sourceType: 'block',
    blockDevice: '/dev/vg0/data',
    format: 'raw',
    file: undefined,
  })
  expect(mediumOf(volume({ type: 'network', name: 'image', format: 'raw' }), 'ceph')).toMatchObject({
    sourceType: 'volume',
    pool: 'ceph',
    volume: 'image',
    format: 'raw',
  })
  // a format that nobody knows is not made up
  expect('format' in mediumOf(volume({}), 'images')).toBe(false)
})

it('an emptied drive stays what it was, unless that cannot be empty', () => {
  expect(emptied({ sourceType: 'block', blockDevice: '/dev/sr0' })).not.toHaveProperty('sourceType')
  expect(emptied({ sourceType: 'network', protocol: 'https' })).toMatchObject({ sourceType: 'file' })
})
