import { describe, expect, it } from 'vitest'
import type { Values } from '../../../../shared/model/hardware/field'
import type { Problem } from '../../../../shared/model/hardware/kind'
import { filesystem } from '../../../../shared/model/hardware/kinds/filesystem'
import { mountCommand } from '../../../../shared/model/hardware/kinds/filesystem-rules'
import { lease } from '../../../../shared/model/hardware/kinds/lease'
import { add, change, contextOf, valuesIn } from '../testing/round-trip'

const vm = (devices: string, type = 'kvm'): string => `<domain type='${type}'>
  <os>
    <type arch='x86_64' machine='pc-q35-7.2'>${type === 'lxc' ? 'exe' : 'hvm'}</type>
  </os>
  <devices>
${devices}
  </devices>
</domain>`

const virtiofs = `    <filesystem type='mount' accessmode='passthrough'>
      <driver type='virtiofs'/>
      <source dir='/srv/share'/>
      <target dir='share'/>
    </filesystem>`
const ninep = `    <filesystem type='mount' accessmode='mapped'>
      <source dir='/srv/share'/>
      <target dir='share'/>
    </filesystem>`
const image = `    <filesystem type='file'>
      <source file='/srv/data.img'/>
      <target dir='share'/>
    </filesystem>`
const template = `    <filesystem type='template'>
      <source name='debian'/>
      <target dir='share'/>
    </filesystem>`
const tmpfs = `    <filesystem type='ram'>
      <source usage='64' units='MiB'/>
      <target dir='share'/>
    </filesystem>`
const share = { kind: 'filesystem', key: 'share' }

const single: readonly (readonly [string, Values[string], string, string])[] = [
  ['directory', '/srv/other', virtiofs, "<source dir='/srv/other'/>"],
  ['queueSize', 512, virtiofs, "<driver type='virtiofs' queue='512'/>"],
  ['binary', '/usr/libexec/virtiofsd', virtiofs, "<binary path='/usr/libexec/virtiofsd'/>"],
  ['xattr', true, virtiofs, "<binary xattr='on'/>"],
  ['cache', 'always', virtiofs, "<cache mode='always'/>"],
  ['sandbox', 'chroot', virtiofs, "<sandbox mode='chroot'/>"],
  ['lockPosix', true, virtiofs, "<lock posix='on'/>"],
  ['lockFlock', false, virtiofs, "<lock flock='off'/>"],
  ['threads', 16, virtiofs, "<thread_pool size='16'/>"],
  ['iommu', true, virtiofs, "<driver type='virtiofs' iommu='on'/>"],
  ['ats', true, virtiofs, "<driver type='virtiofs' ats='on'/>"],
  ['packed', true, virtiofs, "<driver type='virtiofs' packed='on'/>"],
  ['pagePerVq', true, virtiofs, "<driver type='virtiofs' page_per_vq='on'/>"],
  [
    'model',
    'virtio-transitional',
    ninep,
    "<filesystem type='mount' accessmode='mapped' model='virtio-transitional'>",
  ],
  ['multidevs', 'remap', ninep, "<filesystem type='mount' accessmode='mapped' multidevs='remap'>"],
  ['fileMode', '0644', ninep, "<filesystem type='mount' accessmode='mapped' fmode='0644'>"],
  ['folderMode', '755', ninep, "<filesystem type='mount' accessmode='mapped' dmode='755'>"],
  ['accessMode', 'squash', ninep, "<filesystem type='mount' accessmode='squash'>"],
  ['writesAtOnce', 'immediate', ninep, "<driver wrpolicy='immediate'/>"],
  ['driver', 'path', ninep, "<driver type='path'/>"],
  ['readOnly', true, ninep, '<readonly/>'],
  ['image', '/srv/b.img', image, "<source file='/srv/b.img'/>"],
  ['format', 'qcow2', image, "<driver format='qcow2'/>"],
  ['templateName', 'alma', template, "<source name='alma'/>"],
  ['hardLimitBytes', 1_073_741_824, template, "<space_hard_limit unit='bytes'>1073741824</space_hard_limit>"],
  ['softLimitBytes', 1_073_741_824, template, "<space_soft_limit unit='bytes'>1073741824</space_soft_limit>"],
  ['memoryBytes', 32 * 1024 ** 2, tmpfs, "<source usage='32' units='MiB'/>"],
  ['memoryBytes', 1024, tmpfs, "<source usage='1' units='KiB'/>"],
]

describe('the settings of a shared folder', () => {
  for (const [field, value, devices, line] of single) {
    it(`writes ${field} as ${line}`, () => {
      const xml = vm(devices)
      const done = change(xml, share, { [field]: value })
      expect(done.added).toContain(line)
      expect(valuesIn(done.text, share)[field]).toBe(value)
      if (value !== 1024) expect(done.restored).toBe(xml)
    })
  }

  it('is known by its name in the guest', () => {
    const done = change(vm(virtiofs), share, { target: 'data' }, [], { kind: 'filesystem', key: 'data' })
    expect(done.added).toEqual(["<target dir='data'/>"])
    expect(done.restored).toBe(vm(virtiofs))
  })

  it('lets a server of its own take the place of the folder, and drops what only libvirt starts', () => {
    const xml = vm(virtiofs.replace('      <source', "      <binary xattr='on'/>\n      <source"))
    const done = change(xml, share, { socket: '/run/own.sock' }, ['directory'])
    expect(done.text).toContain("<source socket='/run/own.sock'/>")
    expect(done.text).not.toContain('binary')
  })

  it('drops what virtiofs does not take when it replaces 9p', () => {
    const xml = vm(ninep.replace("accessmode='mapped'", "accessmode='mapped' multidevs='remap' fmode='0644'"))
    const done = change(xml, share, { driver: 'virtiofs', accessMode: 'passthrough' })
    expect(done.added).toEqual([
      "<filesystem type='mount' accessmode='passthrough'>",
      "<driver type='virtiofs'/>",
    ])
  })
})

function problems(
  devices: string,
  changed: Values = {},
  memory: Values = {},
  numa: Values = {},
): readonly Problem[] {
  const context = contextOf(vm(devices))
  const items = [
    ...context.items.filter((item) => !['memory', 'numa'].includes(item.ref.kind)),
    { ref: { kind: 'memory', key: '' }, values: memory, hasMore: false },
    { ref: { kind: 'numa', key: '' }, values: numa, hasMore: false },
  ]
  const values = { ...context.items.find((item) => item.ref.key === 'share')?.values, ...changed }
  return filesystem.check?.(values, { ...context, items, self: share }) ?? []
}
const errors = (...of: Parameters<typeof problems>) =>
  problems(...of).flatMap(({ severity, field }) => (severity === 'error' ? [field] : []))

describe('the rules of a shared folder', () => {
  it('ask virtiofs for shared memory, offer it, and are content with it', () => {
    const missing = problems(virtiofs).find(({ severity }) => severity === 'error')
    expect(missing?.fix?.changes).toEqual([
      {
        kind: 'set',
        item: { kind: 'memory', key: '' },
        values: { backingSource: 'memfd', backingAccess: 'shared' },
      },
    ])
    expect(errors(virtiofs, {}, { backingAccess: 'shared' })).toEqual([])
    expect(errors(ninep)).toEqual([])
  })

  it('are content with memory that each NUMA cell shares, and not when one of them keeps it', () => {
    const [shared, silent, kept] = [{ access: 'shared' }, {}, { access: 'private' }]
    expect(errors(virtiofs, {}, {}, { cells: [shared, shared] })).toEqual([])
    expect(errors(virtiofs, {}, {}, { cells: [shared, silent] })).toEqual(['driver'])
    expect(errors(virtiofs, {}, { backingAccess: 'shared' }, { cells: [shared, silent] })).toEqual([])
    const problem = problems(virtiofs, {}, { backingAccess: 'shared' }, { cells: [shared, kept] }).find(
      ({ severity }) => severity === 'error',
    )
    expect(problem?.fix?.changes[1]).toMatchObject({ values: { cells: [shared, shared] } })
  })

  it('refuse what virtiofs cannot do and what is not there', () => {
    const memory = { backingAccess: 'shared' }
    expect(errors(virtiofs, { readOnly: true }, memory)).toEqual(['readOnly'])
    expect(errors(virtiofs, { accessMode: 'mapped' }, memory)).toEqual(['accessMode'])
    expect(errors(virtiofs, { directory: undefined }, memory)).toEqual(['directory'])
    expect(errors(virtiofs, { target: 'a'.repeat(37) }, memory)).toEqual(['target'])
    expect(errors(ninep, { fileMode: '888' })).toEqual(['fileMode'])
    expect(errors(ninep, { type: 'ram', memoryBytes: 1024 })).toEqual(['type'])
    expect(errors(ninep, { type: 'constructor' })).toEqual(['type'])
  })

  it('say that a VM with shared folders stays where it is', () => {
    for (const devices of [virtiofs, ninep])
      expect(problems(devices)).toContainEqual(
        expect.objectContaining({
          severity: 'hint',
          field: 'driver',
          message: expect.stringContaining('cannot be moved') as string,
        }),
      )
  })

  it('tell what to type in the guest, quoted', () => {
    expect(mountCommand({ driver: 'virtiofs', target: 'my data' })).toBe("mount -t virtiofs 'my data' /mnt")
    expect(mountCommand({ target: '-rf' })).toBe('mount -t 9p -o trans=virtio,version=9p2000.L -- -rf /mnt')
    expect(problems(ninep).map(({ message }) => message)).toContain(
      'In the guest: mount -t 9p -o trans=virtio,version=9p2000.L share /mnt',
    )
  })
})

describe('a new shared folder', () => {
  it('is virtiofs under a free name, in a container a path', () => {
    const xml = vm(virtiofs)
    const values = { ...filesystem.defaults?.(contextOf(xml)), directory: '/srv/b' }
    expect(values).toMatchObject({ driver: 'virtiofs', target: 'share2' })
    const done = add(xml, 'filesystem', values)
    expect(done.added).toContain("<source dir='/srv/b'/>")
    expect(done.added).toContain("<target dir='share2'/>")
    expect(filesystem.defaults?.(contextOf(vm('', 'lxc')))).toEqual({
      type: 'mount',
      target: '/mnt/share',
      accessMode: 'passthrough',
    })
    expect(filesystem.hotplug?.(values, contextOf(xml))).toBe(true)
    expect(filesystem.hotplug?.({}, contextOf(xml))).toMatch(/Only virtiofs/)
  })
})

describe('a lock lease', () => {
  const xml = vm(`    <lease>
      <lockspace>cluster-1</lockspace>
      <key>vm-a</key>
      <target path='/locks/1'/>
    </lease>`)
  const ref = { kind: 'lease', key: 'cluster-1/vm-a' }

  it('is read, changed and added', () => {
    expect(valuesIn(xml, ref)).toEqual({ lockspace: 'cluster-1', key: 'vm-a', path: '/locks/1' })
    const done = change(xml, ref, { offsetBytes: 1_048_576, path: '/locks/2' })
    expect(done.added).toEqual(["<target path='/locks/2' offset='1048576'/>"])
    expect(done.restored).toBe(xml)
    const second = add(xml, 'lease', { lockspace: 'a', key: 'b', path: '/c' })
    expect(second.added).toContain("<target path='/c'/>")
    expect(second.removed).toEqual([])
    expect(lease.title({ key: 'b' })).toBe('Lock lease b')
  })
})
