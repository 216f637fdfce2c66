import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plain } from '../../../shared/model/hardware/field'
import { poolTypes } from '../../../shared/model/storage/pool-types'
import { poolCases } from './pool-cases'
import {
  builtGroupXml,
  editedPoolXml,
  newPoolXml,
  poolFingerprint,
  portablePool,
  readPoolValues,
  sourceLine,
  storedPool,
  writtenPool,
} from './pool-document'

const folder = join(import.meta.dirname, 'fixtures')
const golden = (name: string): string => readFileSync(join(folder, `${name}.xml`), 'utf8')

test('each form becomes the definition that libvirt has for it, and the definition becomes the form', () => {
  expect(readdirSync(folder).toSorted()).toEqual(
    Object.keys(poolCases)
      .map((name) => `${name}.xml`)
      .toSorted(),
  )
  for (const [name, values] of Object.entries(poolCases)) {
    expect(newPoolXml(values)).toBe(golden(name))
    expect(readPoolValues(storedPool(golden(name), name).root)).toEqual(values)
  }
})

test('there is a case for every type', () => {
  const types = new Set(Object.values(poolCases).map(({ type }) => plain(type)))
  expect([...types].toSorted()).toEqual(poolTypes.map(({ id }) => id).toSorted())
})

test('a form that is sent back as it was changes no byte', () => {
  for (const name of Object.keys(poolCases)) {
    const stored = storedPool(golden(name).replaceAll("'", '"'), name)
    expect(editedPoolXml(stored, readPoolValues(stored.root))).toBe(stored.toString())
  }
})

const odd = `<!-- ours -->
<pool type="netfs" xmlns:m="http://libvirt.org/schemas/storagepool/fs/1.0">
  <name>nas</name>
  <uuid>70a7eb15-6c34-ee9c-bf57-69e8e5ff3fb2</uuid>
  <capacity unit='bytes'>500</capacity>
  <allocation unit='bytes'>100</allocation>
  <available unit='bytes'>400</available>
  <source>
    <host name="nas"/>
    <dir path="/exports/images"/>
    <vendor name="Acme"/>
  </source>
  <target>
    <path>/mnt/nas</path>
    <permissions>
      <mode>0755</mode>
      <owner>-1</owner>
      <group>-1</group>
    </permissions>
  </target>
  <m:mount_opts><m:option name="soft"/></m:mount_opts>
</pool>
`

test('an edit alters its own lines only, and keeps what no field shows', () => {
  const stored = storedPool(odd, 'nas')
  const values = readPoolValues(stored.root)
  expect(values).toEqual({
    type: 'netfs',
    name: 'nas',
    server: 'nas',
    exportPath: '/exports/images',
    path: '/mnt/nas',
    mode: '0755',
    mountOptions: [{ name: 'soft' }],
  })
  const edited = editedPoolXml(stored, { ...values, server: 'nas2', cow: true })
  expect(edited).toBe(
    stored
      .toString()
      .replace('<host name="nas"/>', '<host name="nas2"/>')
      .replace('  <source>', `  <features>\n    <cow state='yes'/>\n  </features>\n  <source>`),
  )
  expect(edited).toContain('<!-- ours -->')
})

test('options stay in the namespace by the prefix they have', () => {
  const stored = storedPool(odd, 'nas')
  const values = readPoolValues(stored.root)
  const more = editedPoolXml(stored, { ...values, mountOptions: [{ name: 'soft' }, { name: 'ro' }] })
  expect(more).toMatch(/<m:option name=["']soft["']\/>\s*<m:option name='ro'\/>/)
  expect(more).not.toContain('xmlns:fs')
  const { mountOptions: _, ...without } = values
  expect(editedPoolXml(stored, without)).not.toContain('m:mount_opts')
})

test('the fingerprint is of what is stored, not of how full the pool is', () => {
  const fuller = odd.replace('>100<', '>300<').replace('>400<', '>200<')
  expect(poolFingerprint(storedPool(fuller, 'nas'))).toBe(poolFingerprint(storedPool(odd, 'nas')))
  const moved = odd.replace('/mnt/nas', '/mnt/other')
  expect(poolFingerprint(storedPool(moved, 'nas'))).not.toBe(poolFingerprint(storedPool(odd, 'nas')))
})

test('a pool keeps its name and its type', () => {
  const stored = storedPool(golden('dir'), 'dir')
  const values = readPoolValues(stored.root)
  const because = (field: string) => expect.objectContaining({ kind: 'invalid', field })
  expect(() => editedPoolXml(stored, { ...values, name: 'other' })).toThrow(because('name'))
  expect(() => editedPoolXml(stored, { name: values['name'], type: 'mpath', path: '/x' })).toThrow(
    because('type'),
  )
})

test('what cannot be is refused at its field, but not for what was odd before', () => {
  const stored = storedPool(odd.replace('/exports/images', 'images'), 'nas')
  const values = readPoolValues(stored.root)
  expect(editedPoolXml(stored, { ...values, server: 'nas2' })).toContain('nas2')
  expect(() => editedPoolXml(stored, { ...values, exportPath: 'other' })).toThrow(
    expect.objectContaining({ field: 'exportPath' }),
  )
  expect(() => newPoolXml({ name: 'p', type: 'dir', path: 'srv' })).toThrow(
    expect.objectContaining({ kind: 'invalid', field: 'path' }),
  )
})

test('names with signs of XML stay names', () => {
  const name = `a<b>&"c'`
  const xml = newPoolXml({ name, type: 'dir', path: '/srv/<x>' })
  expect(readPoolValues(storedPool(xml, 'p').root)).toMatchObject({ name, path: '/srv/<x>' })
})

test('a definition for another host has no UUID and no sizes, but its permissions', () => {
  const portable = portablePool(storedPool(odd, 'nas'))
  expect(portable).not.toMatch(/uuid|capacity|allocation|available/)
  expect(portable).toContain('<mode>0755</mode>')
})

test('a volume group that was built is known by its name, not by its devices', () => {
  const known = storedPool(builtGroupXml(golden('logical')) ?? '', 'logical')
  const { devices: _, ...rest } = poolCases['logical'] ?? {}
  expect(readPoolValues(known.root)).toEqual(rest)
  expect(builtGroupXml(golden('zfs'))).toBeUndefined()
  expect(builtGroupXml(known.toString())).toBeUndefined()
})

test('what a user wrote is named, and what is no pool is refused', () => {
  expect(writtenPool(odd).name).toBe('nas')
  expect(writtenPool("<pool type='logical'><source><name>vg0</name></source></pool>").name).toBe('vg0')
  for (const wrong of ['<pool>', '<network><name>x</name></network>', "<pool type='dir'/>"])
    expect(() => writtenPool(wrong)).toThrow(expect.objectContaining({ kind: 'invalid', field: 'xml' }))
})

test('where a pool comes from is told in one line', () => {
  const line = (name: string): string | undefined => sourceLine(storedPool(golden(name), name).root)
  expect(line('netfs')).toBe('nas.example.com:/exports/images')
  expect(line('logical')).toBe('libvirt_lvm')
  expect(line('gluster')).toBe('gluster.example.com:/volname/images')
  expect(line('scsi-npiv')).toBe('5001a4ace3ee047d')
  expect(line('dir')).toBeUndefined()
  expect(line('mpath')).toBeUndefined()
})
