import { expect, it } from 'vitest'
import { backupFileCheck, backupId, imageName, manifestName } from './backup-names'

const id = backupId('web 01', Date.parse('2026-11-29T15:02:03.456Z'))

it('a backup is called after its VM and the second it was made in', () => {
  expect(id).toBe('web-01-20261129T150203Z')
})

it('images of a backup are told from others by the manifest beside them', () => {
  const image = imageName(id, 'vda')
  expect([image, manifestName(id), 'web.qcow2'].map(backupFileCheck([image, manifestName(id)]))).toEqual([
    true,
    true,
    false,
  ])
  expect(backupFileCheck([image])(image)).toBe(false)
})
