import { describe, expect, test } from 'vitest'
import { qemu } from '../../../../shared/model/hardware/kinds/qemu'
import { security } from '../../../../shared/model/hardware/kinds/security'
import { smbios } from '../../../../shared/model/hardware/kinds/smbios'
import { change, problemsIn, valuesIn } from '../testing/round-trip'

const ref = (kind: string) => ({ kind, key: '' })

const vm = `<domain type='kvm'>
  <name>web</name>
  <uuid>7d1a89c9-14cb-5ca1-b299-5225ed37ffbe</uuid>
  <memory unit='KiB'>1048576</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <devices/>
</domain>`

const special: Record<string, string> = {
  uuid: '7d1a89c9-14cb-5ca1-b299-5225ed37ffbe',
  date: '11/23/2025',
}

describe('SMBIOS', () => {
  const page = ref('smbios')
  const groups = {
    system: {
      Manufacturer: 'manufacturer',
      Product: 'product',
      Version: 'version',
      Serial: 'serial',
      Uuid: 'uuid',
      Sku: 'sku',
      Family: 'family',
    },
    bios: { Vendor: 'vendor', Version: 'version', Date: 'date', Release: 'release' },
    board: {
      Manufacturer: 'manufacturer',
      Product: 'product',
      Version: 'version',
      Serial: 'serial',
      Asset: 'asset',
      Location: 'location',
    },
    chassis: {
      Manufacturer: 'manufacturer',
      Version: 'version',
      Serial: 'serial',
      Asset: 'asset',
      Sku: 'sku',
    },
  }
  test.each(
    Object.entries(groups).flatMap(([group, names]) =>
      Object.entries(names).map(([field, name]) => [group, `${group}${field}`, name] as const),
    ),
  )('%s: %s is an entry that goes without a trace', (group, field, name) => {
    const value = special[name] ?? 'A & B'
    const element = group === 'board' ? 'baseBoard' : group
    const made = change(vm, page, { [field]: value })
    expect(made.added).toEqual([
      `<sysinfo type='smbios'>`,
      `<${element}>`,
      `<entry name='${name}'>${value.replace('&', '&amp;')}</entry>`,
      `</${element}>`,
      '</sysinfo>',
    ])
    expect(made.restored).toBe(vm)
  })

  test('texts for the guest and data of the firmware are lists', () => {
    const values = {
      mode: 'sysinfo',
      oemStrings: [{ text: 'a:b' }, { text: 'c' }],
      firmwareData: [
        { name: 'opt/org.example/a', text: 'x' },
        { name: 'opt/org.example/b', file: '/srv/b' },
      ],
    }
    const made = change(vm, page, values)
    expect(made.text).toContain(`  <sysinfo type='smbios'>
    <oemStrings>
      <entry>a:b</entry>
      <entry>c</entry>
    </oemStrings>
  </sysinfo>
  <sysinfo type='fwcfg'>
    <entry name='opt/org.example/a'>x</entry>
    <entry name='opt/org.example/b' file='/srv/b'/>
  </sysinfo>
  <os>`)
    expect(made.text).toContain(`<smbios mode='sysinfo'/>`)
    expect(valuesIn(made.text, page)).toEqual(values)
    expect(made.restored).toBe(vm)
    const swapped = change(made.text, page, {
      firmwareData: [
        { name: 'opt/org.example/a', file: '/srv/a' },
        { name: 'opt/org.example/b', text: 'y' },
      ],
    })
    expect(swapped.added).toEqual([
      `<entry name='opt/org.example/a' file='/srv/a'/>`,
      `<entry name='opt/org.example/b'>y</entry>`,
    ])
    expect(swapped.restored).toBe(made.text)
    const both = change(made.text, page, {
      firmwareData: [{ name: 'opt/org.example/a', text: 'x', file: '/srv/a' }],
    })
    expect(both.added).toEqual([`<entry name='opt/org.example/a' file='/srv/a'/>`])
  })

  test('values that the guest does not see are said to be unseen, with the switch', () => {
    const unseen = change(vm, page, { systemSerial: '1' }).text
    const [problem] = problemsIn(smbios, unseen)
    expect(problem?.fix?.changes).toEqual([{ kind: 'set', item: page, values: { mode: 'sysinfo' } }])
    expect(problemsIn(smbios, change(unseen, page, { mode: 'sysinfo' }).text)).toEqual([])
    expect(problemsIn(smbios, vm)).toEqual([])
  })

  test.each(['x', 'opt/ovmf/x', 'opt/org.qemu/x'])('the emulator’s name %s is refused', (name) => {
    expect(() => change(vm, page, { firmwareData: [{ name, text: 'y' }] })).toThrow('opt/org.example')
  })

  test('a date is written as the tables have it', () => {
    expect(() => change(vm, page, { biosDate: 'tomorrow' })).toThrow('11/23/2025')
  })

  test.each([
    [{ mode: 'sysinfo' }, 'mode'],
    [{ mode: 'sysinfo', systemUuid: '0d1a89c9-14cb-5ca1-b299-5225ed37ffbe' }, 'systemUuid'],
    [{ firmwareData: [{ name: 'opt/x' }] }, 'firmwareData'],
  ])('%j is refused', (values, field) => {
    expect(problemsIn(smbios, change(vm, page, values).text)).toMatchObject([{ severity: 'error', field }])
  })
})

describe('security', () => {
  const page = ref('security')
  const labelled = vm.replace(
    '</domain>',
    `  <seclabel type='dynamic' model='selinux' relabel='yes'>
    <label>a:b</label>
    <baselabel>c:d</baselabel>
  </seclabel>
  <seclabel type='static' model='dac' relabel='no'>
    <label>107:107</label>
  </seclabel>
  <seclabel type='none' model='apparmor'/>
</domain>`,
  )
  const labels = [
    { model: 'selinux', type: 'dynamic', base: 'c:d' },
    { model: 'dac', type: 'static', label: '107:107', relabel: false },
    { model: 'apparmor', type: 'none' },
  ]

  test('labels are read by what each kind can have', () => {
    expect(valuesIn(labelled, page)).toEqual({ labels })
  })

  test('one label changes, the others stay as they were written', () => {
    const [selinux, dac, apparmor] = labels
    const made = change(labelled, page, {
      labels: [selinux ?? {}, { ...dac, label: '+0:+0' }, apparmor ?? {}],
    })
    expect(made.added).toEqual(['<label>+0:+0</label>'])
    expect(made.restored).toBe(labelled)
  })

  test('a label of another kind keeps nothing of the old one', () => {
    const [selinux, , apparmor] = labels
    const { text } = change(labelled, page, {
      labels: [selinux ?? {}, { model: 'dac', type: 'none' }, apparmor ?? {}],
    })
    expect(text).toContain(`<seclabel type='none' model='dac'/>`)
  })

  test('labels come and go', () => {
    const made = change(vm, page, { labels: [{ model: 'dac', type: 'static', label: '0:0', relabel: true }] })
    expect(made.added).toEqual([
      `<seclabel model='dac' type='static' relabel='yes'>`,
      '<label>0:0</label>',
      '</seclabel>',
    ])
    expect(made.restored).toBe(vm)
  })

  test('SEV is a policy of bits, each a switch', () => {
    const made = change(vm, page, {
      protection: 'sev',
      encryptedState: true,
      noKeySharing: false,
      kernelHashes: true,
      cbitpos: 47,
      reducedPhysBits: 1,
      dhCert: 'AA==',
      session: 'BB==',
    })
    expect(made.added).toEqual([
      `<launchSecurity type='sev' kernelHashes='yes'>`,
      '<policy>0x0005</policy>',
      '<cbitpos>47</cbitpos>',
      '<reducedPhysBits>1</reducedPhysBits>',
      '<dhCert>AA==</dhCert>',
      '<session>BB==</session>',
      '</launchSecurity>',
    ])
    expect(made.restored).toBe(vm)
    const odd = vm.replace(
      '</domain>',
      `  <launchSecurity type='sev'>\n    <policy>0x31</policy>\n  </launchSecurity>\n</domain>`,
    )
    expect(change(odd, page, { noSend: true })).toMatchObject({ added: ['<policy>0x0039</policy>'] })
  })

  test('another protection takes nothing of the first along', () => {
    const sev = change(vm, page, { protection: 'sev', cbitpos: 47 }).text
    expect(change(sev, page, { protection: 's390-pv' }).text).toContain(`<launchSecurity type='s390-pv'/>`)
  })

  test.each([
    [
      { aesWrap: true, deaWrap: false },
      ['<keywrap>', `<cipher name='aes' state='on'/>`, `<cipher name='dea' state='off'/>`, '</keywrap>'],
    ],
    [{ protection: 's390-pv' }, [`<launchSecurity type='s390-pv'/>`]],
  ])('%j comes and goes', (values, added) => {
    expect(change(vm, page, values)).toMatchObject({ added, restored: vm })
  })

  test('SEV wants UEFI and offers it; other architectures cannot have it', () => {
    const sev = change(vm, page, { protection: 'sev' }).text
    const [problem] = problemsIn(security, sev)
    expect(problem?.fix?.changes).toEqual([{ kind: 'set', item: ref('boot'), values: { firmware: 'efi' } }])
    expect(problemsIn(security, sev.replace('x86_64', 's390x'))).toMatchObject([
      { severity: 'error', field: 'protection' },
    ])
    expect(problemsIn(security, sev.replace('<os>', `<os firmware='efi'>`))).toEqual([])
  })

  test('no label, or two of one model, is told', () => {
    expect(problemsIn(security, labelled)).toMatchObject([{ severity: 'warning', field: 'labels' }])
    const twice = change(vm, page, { labels: [{ model: 'dac' }, { model: 'dac' }] }).text
    expect(problemsIn(security, twice)).toMatchObject([{ severity: 'error', field: 'labels' }])
    const unnamed = change(vm, page, { labels: [{ model: 'dac' }, { type: 'dynamic' }] }).text
    expect(problemsIn(security, unnamed)).toMatchObject([{ severity: 'error', field: 'labels' }])
  })
})

describe('the emulator’s command line', () => {
  const page = ref('qemu')

  test('declares its namespace with the first entry, and takes it along with the last', () => {
    const made = change(vm, page, {
      args: [{ value: '-device' }, { value: 'x,y="1"' }],
      env: [{ name: 'A', value: 'b' }, { name: 'EMPTY' }],
    })
    expect(made.text).toContain(`<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>`)
    expect(made.text).toContain(`  <qemu:commandline>
    <qemu:arg value='-device'/>
    <qemu:arg value='x,y=&quot;1&quot;'/>
    <qemu:env name='A' value='b'/>
    <qemu:env name='EMPTY'/>
  </qemu:commandline>
</domain>`)
    expect(made.restored).toBe(vm)
  })

  test.each([
    [
      'a prefix of its own',
      `  <q:commandline xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>\n    <q:arg value='-s'/>\n  </q:commandline>\n`,
      `<q:arg value='-S'/>`,
    ],
    [
      'no prefix',
      `  <commandline xmlns="http://libvirt.org/schemas/domain/qemu/1.0">\n    <arg value="-s"/>\n  </commandline>\n`,
      `<arg value='-S'/>`,
    ],
  ])('keeps %s', (_what, xml, added) => {
    const own = vm.replace('</domain>', `${xml}</domain>`)
    expect(valuesIn(own, page)).toEqual({ virtType: 'kvm', args: [{ value: '-s' }] })
    const made = change(own, page, { args: [{ value: '-s' }, { value: '-S' }] })
    expect(made.added).toEqual([added])
    expect(made.restored).toBe(own)
  })

  test('keeps overrides and capabilities, and their namespace', () => {
    const own = vm
      .replace(`'kvm'`, `'kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'`)
      .replace(
        '</domain>',
        `  <qemu:capabilities>\n    <qemu:add capability='x'/>\n  </qemu:capabilities>\n</domain>`,
      )
    const made = change(own, page, { args: [{ value: '-s' }], deprecation: 'omit' })
    expect(made.added).toEqual([
      '<qemu:commandline>',
      `<qemu:arg value='-s'/>`,
      '</qemu:commandline>',
      `<qemu:deprecation behavior='omit'/>`,
    ])
    expect(made.restored).toBe(own)
  })

  test('of Xen is another namespace', () => {
    const xen = vm.replace('kvm', 'xen')
    const made = change(xen, page, { xenArgs: [{ value: '-x' }] })
    expect(made.text).toContain(`xmlns:xen='http://libvirt.org/schemas/domain/xen/1.0'`)
    expect(made.restored).toBe(xen)
    expect(qemu.fields.args.when?.(valuesIn(xen, page))).toBe(false)
  })

  test('is said not to be checked, and names of variables are', () => {
    const made = change(vm, page, { args: [{ value: '-s' }] }).text
    expect(problemsIn(qemu, made)).toMatchObject([{ severity: 'hint', field: 'args' }])
    expect(() => change(vm, page, { env: [{ name: '1A' }] })).toThrow('Variable 1, Name')
  })
})
