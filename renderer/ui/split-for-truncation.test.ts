import { expect, test } from 'vitest'
import { splitForTruncation } from './split-for-truncation'

test('a long path is cut before a folder near its end and loses nothing', () => {
  const path = '/var/lib/libvirt/images/customers/northwind/production/web-01.qcow2'
  const [head, tail] = splitForTruncation(path)
  expect(head + tail).toBe(path)
  expect(tail).toBe('/production/web-01.qcow2')
  expect(splitForTruncation('short.img')).toEqual(['', 'short.img'])
  const noSlash = 'x'.repeat(100)
  expect(splitForTruncation(noSlash).join('')).toBe(noSlash)
})
