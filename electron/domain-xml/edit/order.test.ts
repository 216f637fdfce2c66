import { expect, test } from 'vitest'
import { writeAt } from './path'
import { parseElement } from './tree'

test('a new element stands where libvirt would write it, also before what comes later', () => {
  const domain = parseElement(
    `<domain>\n  <name>a</name>\n  <memory>1</memory>\n  <os>\n    <type>hvm</type>\n    <boot dev='hd'/>\n  </os>\n  <devices/>\n</domain>`,
  )
  writeAt(domain, 'title', 'A')
  writeAt(domain, 'os/kernel', '/k')
  writeAt(domain, 'devices/emulator', '/q')
  expect(domain.toString()).toBe(
    `<domain>\n  <name>a</name>\n  <title>A</title>\n  <memory>1</memory>\n  <os>\n    <type>hvm</type>\n    <kernel>/k</kernel>\n    <boot dev='hd'/>\n  </os>\n  <devices>\n    <emulator>/q</emulator>\n  </devices>\n</domain>`,
  )
})

test('an element of a name nobody knows goes last', () => {
  const domain = parseElement('<domain><name>a</name><x/></domain>')
  writeAt(domain, 'other', '1')
  expect(domain.toString()).toBe('<domain><name>a</name><x/><other>1</other></domain>')
})
