import { expect, it } from 'vitest'
import { EditDocument } from './edit/tree'
import { isTemplate, markTemplate } from './template-mark'

const plain = `<domain type='kvm'>
  <name>web</name>
  <uuid>c0e6f6a2-0d5e-4a53-9d0c-000000000001</uuid>
  <memory unit='KiB'>1024</memory>
</domain>
`
const withOs = plain.replace(
  '  <memory',
  `  <metadata>
    <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
      <libosinfo:os id="http://debian.org/debian/12"/>
    </libosinfo:libosinfo>
  </metadata>
  <memory`,
)

it.each([plain, withOs])('marks a definition, and taking the mark away gives back every byte', (xml) => {
  const document = EditDocument.parse(xml)
  markTemplate(document.root, true)
  const marked = document.toString()
  expect(marked).toContain('<innkeeper:template xmlns:innkeeper="urn:innkeeper:template:1"/>')
  expect(isTemplate(EditDocument.parse(marked).root)).toBe(true)
  markTemplate(document.root, true)
  expect(document.toString()).toBe(marked)
  markTemplate(document.root, false)
  expect(document.toString()).toBe(xml)
})

it('goes by the namespace, not by the prefix', () => {
  const holding = (metadata: string): EditDocument =>
    EditDocument.parse(`<domain><metadata>${metadata}</metadata></domain>`)
  expect(isTemplate(holding("<x:template xmlns:x='urn:innkeeper:template:1'/>").root)).toBe(true)
  expect(isTemplate(holding("<template xmlns='urn:innkeeper:template:1'/>").root)).toBe(true)
  expect(isTemplate(holding("<innkeeper:template xmlns:innkeeper='urn:somebody:else'/>").root)).toBe(false)
  expect(isTemplate(holding('<template/>').root)).toBe(false)
})
