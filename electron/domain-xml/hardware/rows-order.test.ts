import { expect, test } from 'vitest'
import { rows, text, type Field } from '../../../shared/model/hardware/field'
import { parseElement } from '../edit/tree'
import { readField, writeField } from './field-xml'

const field: Field = {
  label: 'Arguments',
  type: rows('argument', { value: { label: 'Value', type: text() } }),
}
const binding = { rows: 'arg', columns: { value: '@value' } }
const source = `<a>\n  <arg value='1' kept='yes'/>\n  <arg value='2'/>\n  <!-- c -->\n  <arg value='3'/>\n</a>`

test('entries that change places are moved with what no column shows', () => {
  const element = parseElement(source)
  writeField(element, field, binding, [{ value: '3' }, { value: '1' }, { value: '2' }])
  expect(readField(element, field, binding)).toEqual([{ value: '3' }, { value: '1' }, { value: '2' }])
  expect(element.toString()).toContain(`<arg value='1' kept='yes'/>`)
})

test('entries that keep their order keep their places when one is put between', () => {
  const element = parseElement(source)
  writeField(element, field, binding, [{ value: '1' }, { value: 'new' }, { value: '2' }, { value: '3' }])
  expect(element.toString()).toBe(source.replace(`\n  <arg value='2'/>`, `\n  <arg value='new'/>$&`))
})
