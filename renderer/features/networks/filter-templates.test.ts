import { expect, test } from 'vitest'
import { xmlProblem } from '../../components/xml-check'
import { copiedFilter, filterTemplates, filterXml, isFilterName } from './filter-templates'

test.each(filterTemplates)('"$label" begins as a filter that can be read', ({ body }) => {
  expect(xmlProblem(filterXml('my-filter', body))).toBeUndefined()
})

test('a name that would break out of the text is none', () => {
  expect(isFilterName('clean-traffic.v2')).toBe(true)
  for (const name of ['', "a'b", 'a b', '<x', '-a', '../a']) expect(isFilterName(name)).toBe(false)
})

test('a copy has its own name and no UUID of another', () => {
  const xml = `<filter name='no-mail' chain='root' priority='-700'>
  <uuid>11111111-2222-3333-4444-555555555555</uuid>
  <rule action='drop' direction='out'><tcp dstportstart='25'/></rule>
  <filterref filter='no-mail-too'/>
</filter>`
  expect(copiedFilter(xml, 'mine')).toBe(`<filter name='mine' chain='root' priority='-700'>
  <rule action='drop' direction='out'><tcp dstportstart='25'/></rule>
  <filterref filter='no-mail-too'/>
</filter>`)
})
