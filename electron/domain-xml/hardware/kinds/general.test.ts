import { expect, test } from 'vitest'
import { general } from '../../../../shared/model/hardware/kinds/general'
import { os } from '../../../../shared/model/hardware/kinds/os'
import { change, problemsIn, valuesIn } from '../testing/round-trip'

const page = { kind: 'general', key: '' }
const osPage = { kind: 'os', key: '' }

const vm = `<domain type='kvm'>
  <name>web</name>
  <uuid>7d1a89c9-14cb-5ca1-b299-5225ed37ffbe</uuid>
  <memory unit='KiB'>1048576</memory>
  <os>
    <type arch='x86_64' machine='pc-i440fx-7.2'>hvm</type>
  </os>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='disk'>
      <source file='/a'/>
      <target dev='hda' bus='ide'/>
      <address type='drive' controller='0' bus='0' target='0' unit='0'/>
    </disk>
    <controller type='pci' index='0' model='pci-root'/>
    <controller type='ide' index='0'>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x01' function='0x1'/>
    </controller>
    <interface type='network'>
      <source network='default'/>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x03' function='0x0'/>
    </interface>
  </devices>
</domain>`

test('the general page says what kind of machine the VM is', () => {
  expect(valuesIn(vm, page)).toEqual({
    name: 'web',
    uuid: '7d1a89c9-14cb-5ca1-b299-5225ed37ffbe',
    virtType: 'kvm',
    osType: 'hvm',
    architecture: 'x86_64',
    machine: 'pc-i440fx-7.2',
    emulator: '/usr/bin/qemu-system-x86_64',
  })
})

test('a VM without KVM is said to be translated', () => {
  expect(problemsIn(general, vm)).toEqual([])
  expect(problemsIn(general, vm.replace("type='kvm'", "type='qemu'"))).toMatchObject([
    { severity: 'hint', field: 'virtType', message: expect.stringContaining('TCG') as string },
  ])
})

test.each([
  [{ title: 'The <web> server' }, ['<title>The &lt;web&gt; server</title>']],
  [{ description: 'Two\nlines & more' }, ['<description>Two', 'lines &amp; more</description>']],
  [{ hasGenerationId: true }, ['<genid/>']],
  [
    { generationId: '43dc0cf8-809b-4adb-9bea-a9abb5f3d90e' },
    ['<genid>43dc0cf8-809b-4adb-9bea-a9abb5f3d90e</genid>'],
  ],
])('%j is a line of its own, which goes again', (values, added) => {
  const { restored, ...made } = change(vm, page, values)
  expect(made).toMatchObject({ added, removed: [] })
  expect(restored).toBe(vm)
})

test('another version of the same chipset changes one line', () => {
  const { added, removed, restored } = change(vm, page, { machine: 'pc-i440fx-6.2' })
  expect(added).toEqual([`<type arch='x86_64' machine='pc-i440fx-6.2'>hvm</type>`])
  expect(removed).toHaveLength(1)
  expect(restored).toBe(vm)
})

test('another emulator is written where the old one stands', () => {
  expect(change(vm, page, { emulator: '/opt/qemu' })).toMatchObject({
    added: ['<emulator>/opt/qemu</emulator>'],
    restored: vm,
  })
})

test('a generation ID whose value is taken back is made by the host again', () => {
  const withId = vm.replace('  <memory', '  <genid>43dc0cf8-809b-4adb-9bea-a9abb5f3d90e</genid>\n  <memory')
  expect(change(withId, page, {}, ['generationId']).text).toContain('\n  <genid/>\n')
  expect(change(withId, page, {}, ['hasGenerationId']).text).toBe(vm)
})

test('on Q35 nothing keeps its old PCI address, and IDE gives way to SATA', () => {
  const { text } = change(vm, page, { machine: 'q35' })
  expect(text).not.toMatch(/type='pci'|ide/)
  expect(text).toContain(`<target dev='hda' bus='sata'/>`)
  expect(text).toContain(`<source network='default'/>`)
  expect(problemsIn(general, text)).toEqual([])
})

test('the name cannot be changed here', () => {
  expect(() => change(vm, page, { name: 'other' })).toThrow('Name cannot be changed here')
})

test('a machine type of the last decade is shown with the way to a new one', () => {
  const [problem] = problemsIn(general, vm.replace('pc-i440fx-7.2', 'pc-i440fx-1.4'))
  expect(problem).toMatchObject({ severity: 'hint', field: 'machine' })
  expect(problem?.fix?.changes).toEqual([{ kind: 'set', item: page, values: { machine: 'pc' } }])
  expect(problemsIn(general, vm)).toEqual([])
})

test('the installed system is noted as libosinfo expects it and forgotten without a trace', () => {
  const { text, restored } = change(vm, osPage, { id: 'http://debian.org/debian/12' })
  expect(text).toContain(`  <metadata>
    <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
      <libosinfo:os id='http://debian.org/debian/12'/>
    </libosinfo:libosinfo>
  </metadata>
  <memory`)
  expect(restored).toBe(vm)
})

test('what others keep in the metadata stays when the installed system is forgotten', () => {
  const noted = vm.replace(
    '  <memory',
    `  <metadata>\n    <x:y xmlns:x='z'/>\n    <o:libosinfo xmlns:o="http://libosinfo.org/xmlns/libvirt/domain/1.0">\n      <o:os id="http://microsoft.com/win/11"/>\n    </o:libosinfo>\n  </metadata>\n  <memory`,
  )
  expect(valuesIn(noted, osPage)).toEqual({ id: 'http://microsoft.com/win/11' })
  expect(change(noted, osPage, { id: 'http://microsoft.com/win/10' })).toMatchObject({
    added: ['<o:os id="http://microsoft.com/win/10"/>'],
    restored: noted,
  })
  expect(change(noted, osPage, {}, ['id']).text).toContain(
    `<metadata>\n    <x:y xmlns:x='z'/>\n  </metadata>`,
  )
})

test('Windows 11 without TPM and UEFI is told what it lacks, with changes that give it', () => {
  const windows = change(vm, osPage, { id: 'http://microsoft.com/win/11' }).text
  const fixes = problemsIn(os, windows).map(({ fix }) => fix?.changes)
  expect(fixes).toEqual([
    [{ kind: 'add', device: 'tpm', values: { model: 'tpm-crb', backend: 'emulator', version: '2.0' } }],
    [
      {
        kind: 'set',
        item: { kind: 'boot', key: '' },
        values: { firmware: 'efi', secureBoot: true, enrolledKeys: true },
      },
      { kind: 'set', item: page, values: { machine: 'q35' } },
    ],
  ])
  expect(problemsIn(os, change(vm, osPage, { id: 'http://debian.org/debian/12' }).text)).toEqual([])
})
