import { boot } from '../../../../shared/model/hardware/kinds/boot'
import { writeAt } from '../../edit/path'
import type { EditElement } from '../../edit/tree'
import { bind } from '../binding'
import { flagOfElement, signed, textBeside, wordOf } from '../places'

const slic = "os/acpi/table[@type='slic']"
const idRange = { start: '@start', target: '@target', count: '@count' }
const nvramText = textBeside('os/nvram')

/** https://libvirt.org/formatdomain.html#operating-system-booting */
export const bootBinding = bind(boot, {
  fields: {
    osType: 'os/type',
    legacyBoot: { rows: 'os/boot', columns: { device: '@dev' } },
    bootMenu: { at: 'os/bootmenu/@enable', as: 'yes-no' },
    bootMenuTimeoutMs: 'os/bootmenu/@timeout',
    rebootTimeoutMs: signed('os/bios/@rebootTimeout'),
    useSerial: { at: 'os/bios/@useserial', as: 'yes-no' },
    firmware: 'os/@firmware',
    secureBoot: flagOfElement("os/firmware/feature[@name='secure-boot']", 'enabled', 'yes', 'no'),
    enrolledKeys: flagOfElement("os/firmware/feature[@name='enrolled-keys']", 'enabled', 'yes', 'no'),
    loader: textBeside('os/loader'),
    loaderType: 'os/loader/@type',
    loaderReadOnly: { at: 'os/loader/@readonly', as: 'yes-no' },
    loaderSecure: { at: 'os/loader/@secure', as: 'yes-no' },
    loaderStateless: { at: 'os/loader/@stateless', as: 'yes-no' },
    nvram: {
      read: (domain) => fileSource(domain)?.attribute('file') ?? nvramText.read(domain),
      write: (domain, value) => {
        if (value !== undefined && fileSource(domain)) fileSource(domain)?.setAttribute('file', wordOf(value))
        // variables elsewhere than in a file give way, and so does what says where
        else if (hasSource(domain)) {
          for (const child of domain.find('os', 'nvram')?.children() ?? []) child.remove()
          writeAt(domain, 'os/nvram/@type', undefined)
          if (value !== undefined) nvramText.write(domain, value)
        } else nvramText.write(domain, value)
      },
    },
    nvramTemplate: 'os/nvram/@template',
    kernel: 'os/kernel',
    initrd: 'os/initrd',
    cmdline: 'os/cmdline',
    dtb: 'os/dtb',
    kernelRoot: 'os/root',
    acpiTable: slic,
    bootloader: 'bootloader',
    bootloaderArgs: 'bootloader_args',
    init: 'os/init',
    initArgs: { rows: 'os/initarg', columns: { value: '.' } },
    initEnv: { rows: 'os/initenv', columns: { name: '@name', value: '.' } },
    initDir: 'os/initdir',
    initUser: 'os/inituser',
    initGroup: 'os/initgroup',
    userIds: { rows: 'idmap/uid', columns: idRange },
    groupIds: { rows: 'idmap/gid', columns: idRange },
  },
})

function hasSource(domain: EditElement): boolean {
  return domain.find('os', 'nvram', 'source') !== undefined
}

function fileSource(domain: EditElement): EditElement | undefined {
  const nvram = domain.find('os', 'nvram')
  return nvram?.attribute('type') === 'file' ? nvram.find('source') : undefined
}
