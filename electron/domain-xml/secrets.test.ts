import { expect, test } from 'vitest'
import { EditDocument } from './edit/tree'
import { maskSecrets, secretMark, unmaskSecrets } from './secrets'

const definition = `<domain type='kvm'>
  <devices>
    <disk type='network' device='cdrom'>
      <source protocol='https' name='a.iso'>
        <host name='mirror'/>
        <cookies>
          <cookie name='session'>abc123</cookie>
          <cookie name='lang'>de</cookie>
        </cookies>
      </source>
      <target dev='sda' bus='sata'/>
    </disk>
    <graphics type='vnc' port='-1' passwd='first'/>
    <graphics type='spice' passwd='second'/>
  </devices>
</domain>`

test('passwords of consoles and cookies of web servers do not leave main', () => {
  const text = maskSecrets(EditDocument.parse(definition))
  for (const secret of ['abc123', '>de<', 'first', 'second']) expect(text).not.toContain(secret)
  expect(text).toContain(`<cookie name='session'>${secretMark}</cookie>`)
  expect(text).toContain("<target dev='sda' bus='sata'/>")
})

test('what comes back as it left has its secrets again', () => {
  const before = EditDocument.parse(definition)
  const back = EditDocument.parse(maskSecrets(before))
  unmaskSecrets(back, before)
  expect(back.toString()).toBe(definition)
})

test('a secret that was typed over counts, and a mark for one that was never there goes', () => {
  const before = EditDocument.parse(definition)
  const typed = maskSecrets(before)
    .replace(`<cookie name='lang'>${secretMark}`, "<cookie name='lang'>fr")
    .replace("name='session'", "name='other'")
    .replace("type='spice'", "type='rdp'")
  const back = EditDocument.parse(typed)
  unmaskSecrets(back, before)
  expect(back.toString()).toContain("<cookie name='lang'>fr</cookie>")
  expect(back.toString()).not.toContain("name='other'")
  expect(back.toString()).toContain("<graphics type='rdp'/>")
  expect(back.toString()).toContain("passwd='first'")
  expect(back.toString()).not.toContain(secretMark)
})
