import { describe, expect, test } from 'vitest'
import { problemOf, type Field, type Values } from '../hardware/field'
import { whyNotInPool, whyNotResized } from './volume-abilities'
import { volume, volumeDefaults } from './volume-kind'
import { volumeProblems, type VolumeSurroundings } from './volume-rules'

const gib = 1024 ** 3

function told(more: Values, type = 'dir', around: VolumeSurroundings = {}): string[] {
  const values = { ...volumeDefaults(type), name: 'disk.qcow2', capacityBytes: gib, ...more }
  return volumeProblems(values, around).map((one) => `${one.severity} ${one.field ?? ''}: ${one.message}`)
}

function offered({ type }: Field, values: Values): string[] {
  if (type.kind !== 'choice') throw new Error('not a choice')
  return type.choices.map(({ value }) => value).filter((one) => type.offeredWhen?.(one, values) ?? true)
}

function shown(values: Values): string[] {
  return Object.entries(volume.fields)
    .filter(([, field]) => field.when?.(values) ?? true)
    .map(([id]) => id)
}

describe('a new volume', () => {
  test('is a qcow2 image that grows, where the pool has files', () => {
    expect(volumeDefaults('dir')).toEqual({ poolType: 'dir', format: 'qcow2', allocation: 'sparse' })
    expect(told({})).toEqual([])
  })

  test('has no format in an LVM pool, and qcow2 is refused there with the reason', () => {
    const values = volumeDefaults('logical')
    expect(values).toEqual({ poolType: 'logical' })
    expect(shown(values)).not.toContain('format')
    expect(shown(values)).not.toContain('backingPath')
    expect(told({ format: 'qcow2' }, 'logical')).toEqual([
      'error format: Volumes of such pools are raw disks and cannot be qcow2 images',
    ])
  })

  test('cannot be made where another system makes the disks', () => {
    for (const type of ['iscsi', 'iscsi-direct', 'scsi', 'mpath', 'gluster']) {
      expect(whyNotInPool(type, 'create'), type).toMatch(/./)
      expect(told({}, type), type).toEqual([expect.stringMatching(/^error : /)])
    }
    for (const type of ['dir', 'fs', 'netfs', 'logical', 'disk', 'rbd', 'zfs'])
      expect(whyNotInPool(type, 'create'), type).toBeUndefined()
  })

  test('is numbered by the host in a disk pool, where its format is the type of the partition', () => {
    const values = volumeDefaults('disk')
    expect(shown(values)).not.toContain('name')
    expect(offered(volume.fields.format, values)).toContain('linux-lvm')
    expect(offered(volume.fields.format, values)).not.toContain('qcow2')
  })

  test('of another format than raw and qcow2 is for exchange only', () => {
    expect(told({ format: 'vmdk' })).toEqual([
      expect.stringMatching(/^hint format: For VMs use qcow2 or raw/),
    ])
    expect(whyNotResized('vmdk')).toMatch(/convert/)
    expect(whyNotResized('qcow2')).toBeUndefined()
  })

  test('needs a capacity unless it has that of its base', () => {
    expect(told({ capacityBytes: undefined })).toEqual(['error capacityBytes: Enter a capacity'])
    expect(told({ capacityBytes: undefined, backingPath: '/a/base.img', backingFormat: 'raw' })).toEqual([])
  })

  test('says the format of its base', () => {
    expect(told({ backingPath: '/a/base.img' })).toEqual([
      'error backingFormat: Choose the format of the image it is built on',
    ])
    expect(shown({ ...volumeDefaults('dir'), format: 'raw' })).not.toContain('backingPath')
  })

  test('takes its space now only where the format can', () => {
    expect(offered(volume.fields.allocation, volumeDefaults('dir'))).toEqual(['sparse', 'metadata', 'full'])
    expect(offered(volume.fields.allocation, { ...volumeDefaults('dir'), format: 'raw' })).toEqual([
      'sparse',
      'full',
    ])
    expect(offered(volume.fields.allocation, { ...volumeDefaults('dir'), format: 'vdi' })).toEqual(['sparse'])
    const onBase = { allocation: 'full', backingPath: '/a/base.img', backingFormat: 'raw' }
    expect(told(onBase)).toEqual([expect.stringMatching(/^error allocation: .*grows/)])
    expect(told({ format: 'raw', allocation: 'metadata' })).toEqual([
      'error allocation: Only qcow2 images have tables that could be written now',
    ])
  })

  test('that is larger than what is left is told of, and refused when it takes all now', () => {
    const around = { availableBytes: gib / 2 }
    expect(told({}, 'dir', around)).toEqual([expect.stringMatching(/^warning capacityBytes/)])
    expect(told({ allocation: 'full' }, 'dir', around)).toEqual([
      expect.stringMatching(/^error capacityBytes/),
    ])
    expect(told({}, 'logical', around)).toEqual([expect.stringMatching(/^error capacityBytes/)])
  })

  test('has a name of its own', () => {
    expect(told({}, 'dir', { names: new Set(['disk.qcow2']) })).toEqual([
      'error name: The pool has a volume of this name already',
    ])
    expect(problemOf(volume.fields.name, '../passwd')).toMatch(/without/)
    expect(problemOf(volume.fields.name, '..')).toMatch(/without/)
    expect(problemOf(volume.fields.name, 'a.b')).toBeUndefined()
  })

  test('with encryption needs a secret', () => {
    expect(told({ encrypted: true })).toEqual(['error secret: Choose the secret that holds the passphrase'])
    expect(told({ encrypted: true, secret: 'x' })).toEqual([])
    expect(shown({ ...volumeDefaults('dir'), format: 'vdi', encrypted: true })).not.toContain('secret')
  })

  test('of the old version has none of what came later', () => {
    expect(told({ compat: '0.10', lazyRefcounts: true })).toEqual([
      expect.stringMatching(/^error lazyRefcounts/),
    ])
    expect(told({ extendedL2: true, clusterSizeBytes: '4096' })).toEqual([
      'error clusterSizeBytes: Subclusters need clusters of 16 KiB or more',
    ])
  })
})
