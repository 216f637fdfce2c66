import { describe, expect, test } from 'vitest'
import { boot } from '../../../../shared/model/hardware/kinds/boot'
import { firmwareWords } from '../../../../shared/model/hardware/kinds/firmware-file'
import { change, contextOf, problemsIn, valuesIn } from '../testing/round-trip'

const page = { kind: 'boot', key: '' }

const vm = `<domain type='kvm'>
  <name>web</name>
  <memory unit='KiB'>1048576</memory>
  <os>
    <type arch='x86_64' machine='pc-q35-7.2'>hvm</type>
    <boot dev='hd'/>
  </os>
  <devices/>
</domain>`

const uefi = vm
  .replace('<os>', `<os firmware='efi'>`)
  .replace(
    `    <boot dev='hd'/>\n`,
    `    <firmware>\n      <feature enabled='yes' name='secure-boot'/>\n    </firmware>\n    <loader secure='yes'/>\n`,
  )

const withAcpi = (xml: string): string =>
  xml.replace('<devices/>', '<features>\n    <acpi/>\n  </features>\n  <devices/>')

const container = `<domain type='lxc'>
  <name>ct</name>
  <memory unit='KiB'>1048576</memory>
  <os>
    <type arch='x86_64'>exe</type>
  </os>
</domain>`

const osLine = `<os firmware='efi'>`

test.each([
  [{ bootMenu: true, bootMenuTimeoutMs: 3000 }, [`<bootmenu enable='yes' timeout='3000'/>`]],
  [{ bootMenu: false }, [`<bootmenu enable='no'/>`]],
  [{ rebootTimeoutMs: -1 }, [`<bios rebootTimeout='-1'/>`]],
  [{ useSerial: true, rebootTimeoutMs: 100 }, [`<bios rebootTimeout='100' useserial='yes'/>`]],
  [{ firmware: 'efi' }, [osLine]],
  [
    { firmware: 'efi', secureBoot: false },
    [osLine, '<firmware>', `<feature name='secure-boot' enabled='no'/>`, '</firmware>'],
  ],
  [
    { loader: '/fw/code.fd', loaderType: 'pflash', loaderReadOnly: true, loaderSecure: true },
    [`<loader type='pflash' readonly='yes' secure='yes'>/fw/code.fd</loader>`],
  ],
  [{ loaderStateless: true }, [`<loader stateless='yes'/>`]],
  [
    { nvram: '/nv/web.fd', nvramTemplate: '/fw/vars.fd' },
    [`<nvram template='/fw/vars.fd'>/nv/web.fd</nvram>`],
  ],
  [{ kernel: '/k', initrd: '/i', cmdline: 'a="b" & c', dtb: '/d' }, undefined],
  [{ acpiTable: '/slic' }, ['<acpi>', `<table type='slic'>/slic</table>`, '</acpi>']],
  [{ legacyBoot: [{ device: 'network' }, { device: 'hd' }] }, [`<boot dev='network'/>`]],
])('%j changes just that, and back', (values, added) => {
  const made = change(vm, page, values)
  if (added) expect(made.added).toEqual(added)
  expect(valuesIn(made.text, page)).toMatchObject(values)
  expect(made.restored).toBe(vm)
})

test('a kernel of the host is written in the order the schema wants', () => {
  const { text } = change(vm, page, { dtb: '/d', cmdline: 'quiet', kernel: '/k', initrd: '/i' })
  expect(text.replaceAll(/\s+/g, '')).toContain(
    '<kernel>/k</kernel><initrd>/i</initrd><cmdline>quiet</cmdline><dtb>/d</dtb><boot',
  )
})

test('a time for the boot menu goes with the menu', () => {
  const on = change(vm, page, { bootMenu: true, bootMenuTimeoutMs: 10 }).text
  expect(change(on, page, { bootMenu: false }).text).toContain(`<bootmenu enable='no'/>`)
})

test('what only UEFI has goes when BIOS is chosen, and only that', () => {
  const { text, restored } = change(uefi, page, { firmware: 'bios' })
  expect(text).toContain(`<os firmware='bios'>`)
  expect(text).not.toContain('feature')
  expect(text).toContain(`<loader secure='yes'/>`)
  expect(valuesIn(restored, page)).toEqual(valuesIn(uefi, page))
})

test('a firmware file that is taken out leaves what else the loader says', () => {
  const named = vm.replace('    <boot', `    <loader readonly='yes'>/fw</loader>\n    <boot`)
  expect(change(named, page, {}, ['loader'])).toMatchObject({
    added: [`<loader readonly='yes'/>`],
    restored: named,
  })
})

describe('UEFI variables', () => {
  const on = (source: string): string => vm.replace('    <boot', `    ${source}\n    <boot`)
  test('in a file with a source of its own are changed there', () => {
    const file = on(`<nvram type='file'><source file='/a' x='1'/></nvram>`)
    expect(valuesIn(file, page).nvram).toBe('/a')
    expect(change(file, page, { nvram: '/b' }).text).toBe(file.replace("'/a'", "'/b'"))
  })
  test('on the network give way to a file when one is chosen', () => {
    const far = on(`<nvram type='network'><source protocol='iscsi' name='x'/></nvram>`)
    expect(valuesIn(far, page).nvram).toBeUndefined()
    expect(change(far, page, { nvram: '/b' }).text).toBe(on('<nvram>/b</nvram>'))
  })
})

test('a container’s first program, its arguments and its user namespace', () => {
  const values = {
    init: '/sbin/init',
    initArgs: [{ value: '--unit' }, { value: 'a' }],
    initEnv: [{ name: 'A', value: 'b c' }],
    initDir: '/srv',
    initUser: 'tester',
    initGroup: '1000',
    userIds: [{ start: 0, target: 1000, count: 10 }],
    groupIds: [{ start: 0, target: 1000, count: 10 }],
  }
  const { text, restored } = change(container, page, values)
  expect(text).toContain(`<init>/sbin/init</init>
    <initarg>--unit</initarg>
    <initarg>a</initarg>
    <initenv name='A'>b c</initenv>
    <initdir>/srv</initdir>
    <inituser>tester</inituser>
    <initgroup>1000</initgroup>
  </os>
  <idmap>
    <uid start='0' target='1000' count='10'/>
    <gid start='0' target='1000' count='10'/>
  </idmap>`)
  expect(restored).toBe(container)
})

test('a paravirtual Xen guest has a boot loader on the host, and no firmware', () => {
  const xen = vm
    .replace(`type='kvm'`, `type='xen'`)
    .replace(/<type.*\n.*hd.*/, `<type arch='x86_64' machine='xenpv'>linux</type>`)
  const made = change(xen, page, { bootloader: 'pygrub', bootloaderArgs: '-q' })
  expect(made.added).toEqual(['<bootloader>pygrub</bootloader>', '<bootloader_args>-q</bootloader_args>'])
  expect(made.restored).toBe(xen)
  expect(boot.fields.firmware.when?.(valuesIn(xen, page))).toBe(false)
  expect(boot.fields.bootloader.when?.(valuesIn(xen, page))).toBe(true)
  expect(boot.fields.init.when?.(valuesIn(xen, page))).toBe(false)
})

describe('Secure Boot', () => {
  test('is fine on Q35 where the host chooses the files', () => {
    expect(problemsIn(boot, withAcpi(uefi))).toEqual([])
  })
  test.each([
    ['Xen', uefi.replace(`type='kvm'`, `type='xen'`), 'Xen'],
    ['another architecture', uefi.replace('x86_64', 'aarch64').replace('pc-q35-7.2', 'virt'), 'x86-64'],
    ['no UEFI', uefi.replace(osLine, '<os>'), 'UEFI'],
  ])('cannot be had with %s', (_what, xml, word) => {
    const [problem] = problemsIn(boot, xml)
    expect(problem).toMatchObject({ severity: 'error' })
    expect(problem?.message).toContain(word)
  })
  test('needs Q35, and offers it', () => {
    const [problem] = problemsIn(boot, withAcpi(uefi.replace('pc-q35-7.2', 'pc-i440fx-7.2')))
    expect(problem?.fix?.changes).toEqual([
      { kind: 'set', item: { kind: 'general', key: '' }, values: { machine: 'q35' } },
    ])
  })
  test('of files that were chosen by hand needs SMM, and offers it', () => {
    const byHand = uefi
      .replace(osLine, '<os>')
      .replace(/<firmware>[^]*<\/firmware>/, '')
      .replace(
        `<loader secure='yes'/>`,
        `<loader readonly='yes' secure='yes' type='pflash'>/code.fd</loader>`,
      )
    const [problem] = problemsIn(boot, byHand)
    expect(problem?.fix?.changes).toEqual([
      { kind: 'set', item: { kind: 'features', key: '' }, values: { smm: true } },
    ])
  })
  test('cannot be off while keys are enrolled', () => {
    const odd = change(withAcpi(uefi), page, { secureBoot: false, enrolledKeys: true }).text
    expect(problemsIn(boot, odd)).toMatchObject([{ field: 'enrolledKeys', severity: 'error' }])
  })
})

test('UEFI needs ACPI, and offers it', () => {
  expect(problemsIn(boot, vm.replace('<os>', osLine))).toMatchObject([
    { severity: 'error', fix: { changes: [{ item: { kind: 'features' }, values: { acpi: true } }] } },
  ])
})

test('firmware in one piece is said to forget what the guest stores', () => {
  const one = vm.replace(
    '    <boot',
    `    <loader type='pflash' readonly='yes'>/fw/OVMF.fd</loader>\n    <boot`,
  )
  expect(problemsIn(boot, one)).toMatchObject([{ severity: 'hint', field: 'loader' }])
  expect(problemsIn(boot, one.replace('OVMF.fd', 'OVMF_CODE.fd'))).toEqual([])
})

describe('UEFI that the host does not have', () => {
  const about = (xml: string, kinds: readonly string[], secureBoot: 'yes' | 'no' | 'unknown') => {
    const context = contextOf(withAcpi(xml))
    const capabilities = {
      virtType: 'kvm',
      architecture: context.architecture,
      firmware: { kinds, loaders: [], secureBoot },
      cpuModes: [],
      cpuModels: [],
      devices: [],
      features: [],
    }
    return boot.check?.(valuesIn(xml, page), { ...context, capabilities, self: page }) ?? []
  }
  const plainEfi = vm.replace('<os>', osLine)

  test('is said, with what to install there for the guest’s architecture', () => {
    expect(about(plainEfi, [], 'no')).toMatchObject([
      {
        severity: 'warning',
        field: 'firmware',
        message: expect.stringContaining('qemu-ovmf-x86_64') as string,
      },
    ])
    const arm = plainEfi.replace('x86_64', 'aarch64').replace('pc-q35-7.2', 'virt')
    expect(about(arm, ['bios'], 'no')[0]?.message).toContain('qemu-uefi-aarch64')
    expect(about(plainEfi, ['bios', 'efi'], 'no')).toEqual([])
    expect(about(plainEfi, [], 'unknown')).toEqual([])
  })

  test('may be there and yet lack Secure Boot', () => {
    expect(about(uefi, ['efi'], 'no')).toMatchObject([{ severity: 'warning', field: 'secureBoot' }])
    expect(about(uefi, ['efi'], 'yes')).toEqual([])
  })
})

describe('a firmware file', () => {
  const named = (loader: string, template: string, loaders: readonly string[] = []) => {
    const { text } = change(vm, page, { loader, loaderType: 'pflash', nvramTemplate: template })
    const context = contextOf(text)
    const firmware = { kinds: ['efi'], loaders, secureBoot: 'yes' as const }
    const capabilities = {
      virtType: 'kvm',
      architecture: 'x86_64',
      firmware,
      cpuModes: [],
      cpuModels: [],
      devices: [],
      features: [],
    }
    return boot.check?.(valuesIn(text, page), { ...context, capabilities, self: page }) ?? []
  }

  test.each([
    ['ovmf-x86_64-smm-ms-code.bin', 'protected by SMM, for Secure Boot, Microsoft’s keys'],
    ['ovmf-x86_64-opensuse-4m-code.bin', 'openSUSE’s keys, 4 MB'],
    ['ovmf-x86_64-suse-code.bin', 'SUSE’s keys'],
    ['OVMF_CODE_4M.ms.fd', 'Microsoft’s keys, 4 MB'],
    ['OVMF_CODE.secboot.fd', 'protected by SMM, for Secure Boot'],
    ['ovmf-x86_64-code.bin', undefined],
  ])('%s is told apart by its name', (file, told) => {
    expect(firmwareWords(`/usr/share/qemu/${file}`)).toBe(told)
  })

  test('says what it is, and that variables of another size do not fit', () => {
    const code = '/usr/share/qemu/ovmf-x86_64-smm-ms-4m-code.bin'
    expect(named(code, '/usr/share/qemu/ovmf-x86_64-smm-ms-4m-vars.bin')).toMatchObject([
      { severity: 'hint', field: 'loader', message: expect.stringContaining('Microsoft’s keys') as string },
    ])
    expect(named(code, '/usr/share/qemu/ovmf-x86_64-smm-ms-vars.bin')).toContainEqual(
      expect.objectContaining({ severity: 'warning', field: 'nvramTemplate' }),
    )
  })

  test('that the host does not name is said to be unknown there', () => {
    const [code, vars] = ['/fw/code.fd', '/fw/vars.fd']
    expect(named(code, vars, [code])).toEqual([])
    expect(named(code, vars, ['/fw/other.fd'])).toMatchObject([{ severity: 'hint', field: 'loader' }])
  })
})

test('each kind of device is tried once', () => {
  const twice = vm.replace(`<boot dev='hd'/>`, `<boot dev='hd'/>\n    <boot dev='hd'/>`)
  const [problem] = problemsIn(boot, twice)
  expect(problem).toMatchObject({ severity: 'warning', field: 'legacyBoot' })
  const fix = problem?.fix?.changes[0]
  if (fix?.kind !== 'set') throw new Error('no fix')
  expect(change(twice, page, fix.values).text).toBe(vm)
  expect(problemsIn(boot, vm)).toEqual([])
})

test('a user of a container comes with its group', () => {
  expect(problemsIn(boot, change(container, page, { initUser: 'tester' }).text)).toMatchObject([
    { severity: 'error', field: 'initGroup' },
  ])
})
