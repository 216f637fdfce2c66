import { expect, test } from 'vitest'
import type { Values } from '../../../shared/model/hardware/field'
import { cloneXml, newVolumeXml, uploadXml, writesTables } from './volume-document'

const mib = 1024 ** 2
const plainText = (xml: string): string => xml.replaceAll(/\s*\n\s*/g, '').replaceAll("'", '"')
const written = (type: string, values: Values, name = 'disk'): string =>
  plainText(newVolumeXml(type, values, name))

test('a raw image takes nothing at first, or all of its space', () => {
  const values = { format: 'raw', capacityBytes: 8 * mib }
  expect(written('dir', { ...values, allocation: 'sparse' })).toBe(
    '<volume><name>disk</name><capacity unit="bytes">8388608</capacity><allocation unit="bytes">0</allocation>' +
      '<target><format type="raw"/></target></volume>',
  )
  expect(written('dir', { ...values, allocation: 'full' })).toContain(
    '<allocation unit="bytes">8388608</allocation>',
  )
})

test('only qcow2 images have tables that are written when they are made', () => {
  expect(writesTables('dir', { format: 'qcow2', allocation: 'metadata' })).toBe(true)
  expect(writesTables('dir', { format: 'qcow2', allocation: 'full' })).toBe(true)
  expect(writesTables('dir', { format: 'qcow2', allocation: 'sparse' })).toBe(false)
  expect(writesTables('dir', { format: 'raw', allocation: 'full' })).toBe(false)
})

test('everything of a qcow2 image is in its place', () => {
  const xml = written('dir', {
    format: 'qcow2',
    backingPath: '/images/a&b.img',
    backingFormat: 'raw',
    clusterSizeBytes: '131072',
    lazyRefcounts: true,
    extendedL2: true,
    nocow: true,
    encrypted: true,
    secret: '5b7f2d52-7c3a-4f1e-9d10-9a8b7c6d5e01',
    mode: '640',
    owner: 107,
    group: 0,
    label: 'virt_image_t',
  })
  for (const part of [
    '<allocation unit="bytes">0</allocation>',
    '<format type="qcow2"/>',
    '<permissions><mode>0640</mode><owner>107</owner><group>0</group><label>virt_image_t</label></permissions>',
    '<encryption format="luks"><secret type="passphrase" uuid="5b7f2d52-7c3a-4f1e-9d10-9a8b7c6d5e01"/></encryption>',
    '<compat>1.1</compat>',
    '<nocow/>',
    '<clusterSize unit="bytes">131072</clusterSize>',
    '<features><lazy_refcounts/><extended_l2/></features>',
    '<backingStore><path>/images/a&amp;b.img</path><format type="raw"/></backingStore>',
  ])
    expect(xml).toContain(part)
  expect(xml).not.toContain('<capacity')
})

test('what does not fit the pool or the format is not written', () => {
  const values = { capacityBytes: mib, format: 'qcow2', clusterSizeBytes: '4096', mode: '0600' }
  expect(written('logical', values)).toBe(
    '<volume><name>disk</name><capacity unit="bytes">1048576</capacity></volume>',
  )
  const raw = written('dir', { ...values, format: 'raw', backingPath: '/base', lazyRefcounts: true })
  for (const part of ['clusterSize', 'backingStore', 'features', 'compat']) expect(raw).not.toContain(part)
})

test('a copy has the passphrase of its original and no base; an upload is raw whatever it brings', () => {
  const copy = plainText(
    cloneXml('dir', { capacityBytes: mib, encryption: 'uuid' }, { name: 'c', format: 'qcow2' }),
  )
  expect(copy).toContain('<secret type="passphrase" uuid="uuid"/>')
  expect(copy).toContain('<allocation unit="bytes">0</allocation>')
  const block = cloneXml(
    'logical',
    { capacityBytes: mib, encryption: undefined },
    { name: 'c', format: 'raw' },
  )
  expect(block).not.toMatch(/allocation|format/)
  expect(plainText(uploadXml('dir', 'u.qcow2', 1000))).toBe(
    '<volume><name>u.qcow2</name><capacity unit="bytes">1000</capacity><allocation unit="bytes">0</allocation>' +
      '<target><format type="raw"/></target></volume>',
  )
})
