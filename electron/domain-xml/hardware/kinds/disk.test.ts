import { describe, expect, it } from 'vitest'
import type { Row, Values } from '../../../../shared/model/hardware/field'
import type { Problem } from '../../../../shared/model/hardware/kind'
import { disk, newDrive } from '../../../../shared/model/hardware/kinds/disk'
import { diskLetters } from '../../../../shared/model/hardware/targets'
import { EditDocument } from '../../edit/tree'
import { applyChanges } from '../change'
import { hardwareContext } from '../view'
import { add, change, contextOf, valuesIn } from '../testing/round-trip'

const vm = (devices: string, machine = 'pc-q35-7.2', os = ''): string => `<domain type='kvm'>
  <name>web</name>
  <os>
    <type arch='x86_64' machine='${machine}'>hvm</type>${os}
  </os>
  <devices>
${devices}
  </devices>
</domain>`

const plainDisk = `    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='/images/web.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>`
const vda = { kind: 'disk', key: 'vda' }

const drive = `    <disk type='file' device='cdrom'>
      <driver name='qemu' type='raw'/>
      <source file='/iso/debian.iso' startupPolicy='optional'/>
      <target dev='sda' bus='sata'/>
      <readonly/>
      <address type='drive' controller='0' bus='0' target='0' unit='0'/>
    </disk>`
const sda = { kind: 'disk', key: 'sda' }

const on = (bus: string, device = 'disk', dev = 'sda'): string => `    <disk type='block' device='${device}'>
      <driver name='qemu' type='raw'/>
      <source dev='/dev/vg/a'/>
      <target dev='${dev}' bus='${bus}'/>
    </disk>`
const network = (protocol: string): string => `    <disk type='network' device='disk'>
      <driver name='qemu' type='raw'/>
      <source protocol='${protocol}' name='a/b'>
        <host name='stor.example.net'/>
      </source>
      <target dev='vda' bus='virtio'/>
    </disk>`

/** Field, value, the definition it is set in, and the line that comes. */
const single: readonly (readonly [string, Values[string], string, string])[] = [
  ['format', 'raw', plainDisk, "<driver name='qemu' type='raw'/>"],
  ['cache', 'none', plainDisk, "<driver name='qemu' type='qcow2' cache='none'/>"],
  ['io', 'io_uring', plainDisk, "<driver name='qemu' type='qcow2' io='io_uring'/>"],
  ['discard', 'unmap', plainDisk, "<driver name='qemu' type='qcow2' discard='unmap'/>"],
  ['detectZeroes', 'on', plainDisk, "<driver name='qemu' type='qcow2' detect_zeroes='on'/>"],
  ['errorPolicy', 'enospace', plainDisk, "<driver name='qemu' type='qcow2' error_policy='enospace'/>"],
  ['readErrorPolicy', 'report', plainDisk, "<driver name='qemu' type='qcow2' rerror_policy='report'/>"],
  ['copyOnRead', true, plainDisk, "<driver name='qemu' type='qcow2' copy_on_read='on'/>"],
  ['ioThread', 2, plainDisk, "<driver name='qemu' type='qcow2' iothread='2'/>"],
  ['queues', 4, plainDisk, "<driver name='qemu' type='qcow2' queues='4'/>"],
  ['queueSize', 256, plainDisk, "<driver name='qemu' type='qcow2' queue_size='256'/>"],
  ['driverName', 'tap', plainDisk, "<driver name='tap' type='qcow2'/>"],
  ['ioEventFd', false, plainDisk, "<driver name='qemu' type='qcow2' ioeventfd='off'/>"],
  ['eventIdx', true, plainDisk, "<driver name='qemu' type='qcow2' event_idx='on'/>"],
  ['iommu', true, plainDisk, "<driver name='qemu' type='qcow2' iommu='on'/>"],
  ['ats', true, plainDisk, "<driver name='qemu' type='qcow2' ats='on'/>"],
  ['packed', true, plainDisk, "<driver name='qemu' type='qcow2' packed='on'/>"],
  ['pagePerVq', true, plainDisk, "<driver name='qemu' type='qcow2' page_per_vq='on'/>"],
  ['metadataCacheBytes', 8_388_608, plainDisk, "<max_size unit='bytes'>8388608</max_size>"],
  ['readOnly', true, plainDisk, '<readonly/>'],
  ['shareable', true, plainDisk, '<shareable/>'],
  ['transient', true, plainDisk, '<transient/>'],
  ['snapshot', 'external', plainDisk, "<disk type='file' device='disk' snapshot='external'>"],
  [
    'virtioModel',
    'virtio-transitional',
    plainDisk,
    "<disk type='file' device='disk' model='virtio-transitional'>",
  ],
  ['bootOrder', 2, plainDisk, "<boot order='2'/>"],
  ['serial', 'WEB 1', plainDisk, '<serial>WEB 1</serial>'],
  ['logicalBlockBytes', 4096, plainDisk, "<blockio logical_block_size='4096'/>"],
  ['physicalBlockBytes', 4096, plainDisk, "<blockio physical_block_size='4096'/>"],
  ['startupPolicy', 'optional', plainDisk, "<source file='/images/web.qcow2' startupPolicy='optional'/>"],
  ['file', '/images/other & new.qcow2', plainDisk, "<source file='/images/other &amp; new.qcow2'/>"],
  ['totalBytesSec', 1_048_576, plainDisk, '<total_bytes_sec>1048576</total_bytes_sec>'],
  ['readBytesSec', 5, plainDisk, '<read_bytes_sec>5</read_bytes_sec>'],
  ['writeBytesSec', 5, plainDisk, '<write_bytes_sec>5</write_bytes_sec>'],
  ['totalIopsSec', 5, plainDisk, '<total_iops_sec>5</total_iops_sec>'],
  ['readIopsSec', 5, plainDisk, '<read_iops_sec>5</read_iops_sec>'],
  ['writeIopsSec', 5, plainDisk, '<write_iops_sec>5</write_iops_sec>'],
  ['totalBytesSecMax', 5, plainDisk, '<total_bytes_sec_max>5</total_bytes_sec_max>'],
  ['readBytesSecMax', 5, plainDisk, '<read_bytes_sec_max>5</read_bytes_sec_max>'],
  ['writeBytesSecMax', 5, plainDisk, '<write_bytes_sec_max>5</write_bytes_sec_max>'],
  ['totalIopsSecMax', 5, plainDisk, '<total_iops_sec_max>5</total_iops_sec_max>'],
  ['readIopsSecMax', 5, plainDisk, '<read_iops_sec_max>5</read_iops_sec_max>'],
  ['writeIopsSecMax', 5, plainDisk, '<write_iops_sec_max>5</write_iops_sec_max>'],
  ['totalBytesSecMaxLength', 5, plainDisk, '<total_bytes_sec_max_length>5</total_bytes_sec_max_length>'],
  ['readBytesSecMaxLength', 5, plainDisk, '<read_bytes_sec_max_length>5</read_bytes_sec_max_length>'],
  ['writeBytesSecMaxLength', 5, plainDisk, '<write_bytes_sec_max_length>5</write_bytes_sec_max_length>'],
  ['totalIopsSecMaxLength', 5, plainDisk, '<total_iops_sec_max_length>5</total_iops_sec_max_length>'],
  ['readIopsSecMaxLength', 5, plainDisk, '<read_iops_sec_max_length>5</read_iops_sec_max_length>'],
  ['writeIopsSecMaxLength', 5, plainDisk, '<write_iops_sec_max_length>5</write_iops_sec_max_length>'],
  ['sizeIopsSec', 4096, plainDisk, '<size_iops_sec>4096</size_iops_sec>'],
  ['groupName', 'slow', plainDisk, '<group_name>slow</group_name>'],
  ['wwn', '5000c50015ea71aa', on('scsi'), '<wwn>5000c50015ea71aa</wwn>'],
  ['vendor', 'ACME', on('scsi'), '<vendor>ACME</vendor>'],
  ['product', 'Fast disk', on('scsi'), '<product>Fast disk</product>'],
  ['rotationRate', 7200, on('sata'), "<target dev='sda' bus='sata' rotation_rate='7200'/>"],
  ['removable', true, on('usb'), "<target dev='sda' bus='usb' removable='on'/>"],
  ['blockDevice', '/dev/vg/b', on('scsi'), "<source dev='/dev/vg/b'/>"],
  ['backendDomain', 'store', on('xen', 'disk', 'xvda'), "<backenddomain name='store'/>"],
  ['rawIo', true, on('scsi', 'lun'), "<disk type='block' device='lun' rawio='yes'>"],
  ['sgIo', 'filtered', on('scsi', 'lun'), "<disk type='block' device='lun' sgio='filtered'>"],
  ['reservations', true, on('scsi', 'lun'), "<reservations managed='yes'/>"],
  ['tls', true, network('nbd'), "<source protocol='nbd' name='a/b' tls='yes'>"],
  [
    'tlsHostname',
    'nbd.example.net',
    network('nbd'),
    "<source protocol='nbd' name='a/b' tlsHostname='nbd.example.net'>",
  ],
  ['sourceName', 'c', network('nbd'), "<source protocol='nbd' name='c'>"],
  ['query', 'a=1&b=2', network('https'), "<source protocol='https' name='a/b' query='a=1&amp;b=2'>"],
  ['sslVerify', false, network('https'), "<ssl verify='no'/>"],
  ['readaheadBytes', 65_536, network('https'), "<readahead size='65536'/>"],
  ['timeoutSeconds', 6, network('https'), "<timeout seconds='6'/>"],
  ['initiator', 'iqn.2026-01.net.example:web', network('iscsi'), "<iqn name='iqn.2026-01.net.example:web'/>"],
  ['rbdSnapshot', 'golden', network('rbd'), "<snapshot name='golden'/>"],
  ['rbdConfig', '/etc/ceph/vms.conf', network('rbd'), "<config file='/etc/ceph/vms.conf'/>"],
]

const keyOf = (devices: string): string => /dev='(\w+)' bus/.exec(devices)?.[1] ?? ''

describe('the settings of a disk', () => {
  for (const [field, value, devices, line] of single) {
    it(`writes ${field} where libvirt has it, and nothing else`, () => {
      const xml = vm(devices)
      const ref = { kind: 'disk', key: keyOf(devices) }
      const done = change(xml, ref, { [field]: value })
      expect(done.added).toContain(line)
      expect(valuesIn(done.text, ref)[field]).toEqual(value)
      expect(done.restored).toBe(xml)
    })
  }

  it('reads every setting of a tuned disk', () => {
    const xml = vm(`    <disk type='file' device='disk' snapshot='external' model='virtio'>
      <driver name='qemu' type='qcow2' cache='none' error_policy='stop' rerror_policy='ignore' io='native' discard='unmap' iothread='2' detect_zeroes='unmap' queues='4' queue_size='256'>
        <metadata_cache>
          <max_size unit='MiB'>8</max_size>
        </metadata_cache>
      </driver>
      <source file='/a.qcow2' index='1'>
        <encryption format='luks'>
          <secret type='passphrase' usage='web disk'/>
        </encryption>
      </source>
      <backingStore type='file' index='2'>
        <format type='qcow2'/>
        <source file='/l1.qcow2'/>
        <backingStore type='network'>
          <format type='raw'/>
          <source protocol='nbd' name='base'><host name='stor'/></source>
          <backingStore/>
        </backingStore>
      </backingStore>
      <target dev='vda' bus='virtio'/>
      <geometry cyls='16383' heads='16' secs='63'/>
      <transient shareBacking='yes'/>
    </disk>`)
    expect(valuesIn(xml, vda)).toEqual({
      device: 'disk',
      sourceType: 'file',
      bus: 'virtio',
      target: 'vda',
      virtioModel: 'virtio',
      snapshot: 'external',
      file: '/a.qcow2',
      driverName: 'qemu',
      format: 'qcow2',
      cache: 'none',
      errorPolicy: 'stop',
      readErrorPolicy: 'ignore',
      io: 'native',
      discard: 'unmap',
      ioThread: 2,
      detectZeroes: 'unmap',
      queues: 4,
      queueSize: 256,
      metadataCacheBytes: 8 * 1024 ** 2,
      encryptionFormat: 'luks',
      encryptionSecret: 'web disk',
      backing: [
        { source: '/l1.qcow2', format: 'qcow2' },
        { source: 'nbd://stor/base', format: 'raw' },
      ],
      cylinders: 16_383,
      heads: 16,
      sectors: 63,
      transient: true,
      transientShares: true,
    })
  })

  it('forgets the chain of backing images when the image is another', () => {
    const xml = vm(`    <disk type='file' device='disk'>
      <source file='/top.qcow2'/>
      <backingStore type='file'>
        <format type='raw'/>
        <source file='/base.img'/>
      </backingStore>
      <target dev='vda' bus='virtio'/>
    </disk>`)
    const { document } = applyChanges(EditDocument.parse(xml), [
      { kind: 'set', item: vda, values: { file: '/new.qcow2' } },
    ])
    expect(document.toString()).not.toContain('/base.img')
    expect(document.toString()).toContain("<source file='/new.qcow2'/>")
    expect(change(xml, vda, { cache: 'none' }).removed).toEqual([])
  })

  it('keeps a transient disk transient when its image is no longer shared', () => {
    const xml = vm(plainDisk.replace('    </disk>', "      <transient shareBacking='yes'/>\n    </disk>"))
    expect(change(xml, vda, {}, ['transientShares']).added).toEqual(['<transient/>'])
  })

  it('writes geometry as a whole', () => {
    const done = change(
      vm(on('ide', 'disk', 'hda')),
      { kind: 'disk', key: 'hda' },
      {
        cylinders: 1000,
        heads: 16,
        sectors: 63,
        translation: 'lba',
      },
    )
    expect(done.added).toEqual(["<geometry cyls='1000' heads='16' secs='63' trans='lba'/>"])
    expect(done.restored).toBe(vm(on('ide', 'disk', 'hda')))
  })

  it('gives a disk on another bus a new address', () => {
    const xml = vm(drive)
    const done = change(xml, sda, { bus: 'scsi' })
    expect(done.added).toEqual(["<target dev='sda' bus='scsi'/>"])
    expect(done.removed.join(' ')).toContain('<address')
    expect(disk.fields.virtioModel.when?.(valuesIn(done.text, sda))).toBe(false)
  })
})

describe('the source of a disk', () => {
  it('changes from a file to a volume without leftovers', () => {
    const done = change(vm(plainDisk), vda, { sourceType: 'volume', pool: 'default', volume: 'web.img' })
    expect(done.removed).toEqual(["<disk type='file' device='disk'>", "<source file='/images/web.qcow2'/>"])
    expect(done.added).toEqual([
      "<disk type='volume' device='disk'>",
      "<source pool='default' volume='web.img'/>",
    ])
  })

  it('changes from a file to Ceph with monitors, user and secret', () => {
    const done = change(vm(plainDisk), vda, {
      sourceType: 'network',
      protocol: 'rbd',
      sourceName: 'vms/web',
      hosts: [{ name: 'mon-a', port: 6789 }, { name: '2001:db8::1' }],
      authUser: 'libvirt',
      authSecret: '0b7e7a52-9d4a-49c4-8d1f-5c2f3f6b1a01',
      format: 'raw',
    })
    const text = done.added.join('\n')
    expect(text).toContain("<auth username='libvirt'>")
    expect(text).toContain("<secret type='ceph' uuid='0b7e7a52-9d4a-49c4-8d1f-5c2f3f6b1a01'/>")
    expect(text).toContain("<host name='mon-a' port='6789'/>\n<host name='2001:db8::1'/>")
    expect(done.text).not.toContain('/images/web.qcow2')
  })

  it('keeps the place of sign-in and encryption that stand beside the source', () => {
    const xml = vm(`    <disk type='network' device='disk'>
      <auth username='old'>
        <secret type='iscsi' usage='chap'/>
      </auth>
      <source protocol='iscsi' name='iqn.2026-01.net.example:a/1'>
        <host name='stor'/>
      </source>
      <target dev='vda' bus='virtio'/>
    </disk>`)
    const done = change(xml, vda, { authUser: 'new', authSecret: 'other' })
    expect(done.added).toEqual(["<auth username='new'>", "<secret type='iscsi' usage='other'/>"])
    expect(done.restored).toBe(xml)
    expect(change(xml, vda, {}, ['authUser']).added).toEqual([])
  })

  it('opens an encrypted image with a secret of the host', () => {
    const xml = vm(plainDisk)
    const done = change(xml, vda, { encryptionFormat: 'luks', encryptionSecret: 'web disk' })
    expect(done.added).toContain("<encryption format='luks'>")
    expect(done.added).toContain("<secret type='passphrase' usage='web disk'/>")
    expect(change(done.text, vda, {}, ['encryptionFormat']).text).toBe(xml)
  })

  it('tells cookies by name and never by value, and keeps those that are set', () => {
    const xml = vm(`    <disk type='network' device='cdrom'>
      <source protocol='https' name='a.iso'>
        <host name='mirror'/>
        <cookies>
          <cookie name='session'>abc123</cookie>
        </cookies>
      </source>
      <target dev='sda' bus='sata'/>
    </disk>`)
    const cookies = valuesIn(xml, sda).cookies as readonly Row[]
    expect(cookies).toEqual([{ name: 'session', value: true }])
    const done = change(xml, sda, { cookies: [...cookies, { name: 'lang', value: 'de' }] })
    expect(done.removed).toEqual([])
    expect(done.added).toEqual(["<cookie name='lang'>de</cookie>"])
  })

  it('writes an identity that NFS has to have', () => {
    const done = change(vm(network('nfs')), vda, { sourceName: '/x' })
    expect(done.added).toContain('<identity/>')
    const named = change(vm(network('nfs')), vda, { nfsUser: 'kvm', nfsGroup: '+1001' })
    expect(named.added).toEqual(["<identity user='kvm' group='+1001'/>"])
  })

  it('reads and writes an NVMe namespace and a vhost-user server', () => {
    const nvme = change(vm(plainDisk), vda, {
      sourceType: 'nvme',
      nvmeAddress: '0000:41:00.0',
      nvmeNamespace: 1,
      nvmeManaged: true,
      format: 'raw',
    })
    expect(nvme.added).toContain("<address domain='0x0000' bus='0x41' slot='0x00' function='0x0'/>")
    expect(nvme.text).toContain("type='pci'")
    expect(valuesIn(nvme.text, vda)).toMatchObject({ nvmeAddress: '0000:41:00.0', nvmeManaged: true })
    const served = change(nvme.text, vda, { sourceType: 'vhostuser', socket: '/run/v', reconnect: true })
    expect(served.text).not.toContain('namespace')
    expect(served.text).not.toContain('0x41')
    expect(valuesIn(served.text, vda)).toMatchObject({ sourceType: 'vhostuser', socket: '/run/v' })
  })

  it('takes a helper for reservations by its socket', () => {
    const ref = { kind: 'disk', key: 'sda' }
    const done = change(vm(on('scsi', 'lun')), ref, {
      reservations: false,
      reservationsSocket: '/run/pr.sock',
    })
    expect(done.added).toContain("<source type='unix' path='/run/pr.sock' mode='client'/>")
    expect(done.restored).toBe(vm(on('scsi', 'lun')))
  })

  it('ejects a medium and inserts another, the drive and its policy stay', () => {
    const empty = change(vm(drive), sda, {}, ['file'])
    expect(empty.added).toEqual(["<source startupPolicy='optional'/>"])
    expect(disk.summary?.(valuesIn(empty.text, sda))).toBe('Empty')
    const full = change(empty.text, sda, { file: '/iso/tools.iso' })
    expect(valuesIn(full.text, sda)).toMatchObject({ file: '/iso/tools.iso', startupPolicy: 'optional' })
    const { file } = disk.fields
    expect(file.isLive && file.liveWhen?.(valuesIn(full.text, sda))).toBe(true)
    expect(file.liveWhen?.(valuesIn(vm(plainDisk), vda))).toBe(false)
  })
})

describe('a new disk', () => {
  it('is VirtIO with the next free name, of a Windows VM SATA', () => {
    const context = contextOf(vm(plainDisk))
    expect(disk.defaults?.(context)).toEqual({
      device: 'disk',
      sourceType: 'file',
      bus: 'virtio',
      target: 'vdb',
      format: 'qcow2',
      driverName: 'qemu',
      discard: 'unmap',
    })
    const windows = { ...context, osId: 'http://microsoft.com/win/11' }
    expect(disk.defaults?.(windows)).toMatchObject({ bus: 'sata', target: 'sda' })
    expect(newDrive('floppy', context)).toMatchObject({ bus: 'fdc', target: 'fda' })
    const old = contextOf(vm(plainDisk, 'pc-i440fx-7.2'))
    expect(newDrive('cdrom', old)).toMatchObject({ bus: 'sata', readOnly: true, format: 'raw' })
  })

  it('is offered where it can be: a floppy drive on its own bus, a LUN where SCSI commands pass', () => {
    const { type } = disk.fields.bus
    const busesOf = (device: string) =>
      type.kind === 'choice'
        ? type.choices.map(({ value }) => value).filter((bus) => type.offeredWhen?.(bus, { device }))
        : []
    expect(busesOf('floppy')).toEqual(['fdc'])
    expect(busesOf('lun')).toEqual(['virtio', 'scsi'])
    expect(busesOf('cdrom')).not.toContain('virtio')
    expect(busesOf('disk')).toEqual(['virtio', 'scsi', 'sata', 'ide', 'usb', 'xen', 'sd'])
  })

  it('is written with what was chosen', () => {
    const context = contextOf(vm(plainDisk))
    const done = add(vm(plainDisk), 'disk', { ...disk.defaults?.(context), file: '/images/b.qcow2' })
    expect(done.removed).toEqual([])
    expect([...done.added].toSorted()).toEqual([
      '</disk>',
      "<disk type='file' device='disk'>",
      "<driver type='qcow2' discard='unmap' name='qemu'/>",
      "<source file='/images/b.qcow2'/>",
      "<target bus='virtio' dev='vdb'/>",
    ])
  })
})

describe('a place in the boot order', () => {
  it('takes the old way of telling it into places of devices', () => {
    const xml = vm(
      `${plainDisk}\n${drive}`,
      'pc-q35-7.2',
      "\n    <boot dev='hd'/>\n    <boot dev='cdrom'/>\n    <bootmenu enable='yes'/>",
    )
    const { document } = applyChanges(EditDocument.parse(xml), [
      { kind: 'set', item: sda, values: { bootOrder: 1 } },
    ])
    expect(document.root.find('os')?.children('boot')).toEqual([])
    expect(document.root.find('os', 'bootmenu')).toBeDefined()
    expect(valuesIn(document.toString(), vda).bootOrder).toBe(2)
    expect(valuesIn(document.toString(), sda).bootOrder).toBe(1)
  })
})

function problems(
  devices: string,
  ref = vda,
  machine = 'pc-q35-7.2',
  changed: Values = {},
): readonly Problem[] {
  const context = hardwareContext({ stored: EditDocument.parse(vm(devices, machine)) })
  const values = { ...context.items.find((item) => item.ref.key === ref.key)?.values, ...changed }
  return disk.check?.(values, { ...context, self: ref }) ?? []
}
const errors = (...of: Parameters<typeof problems>): string[] =>
  problems(...of).flatMap(({ severity, field }) => (severity === 'error' ? [field ?? ''] : []))

describe('the rules of a disk', () => {
  it('let an ordinary disk and an ordinary drive be', () => {
    expect(problems(plainDisk)).toEqual([])
    expect(problems(drive, sda)).toEqual([])
  })

  it('offer a free name when two disks have one', () => {
    const two = `${plainDisk}\n${on('virtio', 'disk', 'vdb')}`
    const [problem] = problems(two, { kind: 'disk', key: 'vdb' }, 'pc-q35-7.2', { target: 'vda' })
    expect(problem).toMatchObject({ severity: 'error', field: 'target' })
    expect(problem?.fix?.changes).toEqual([
      { kind: 'set', item: { kind: 'disk', key: 'vdb' }, values: { target: 'vdc' } },
    ])
  })

  it('mend native I/O by a cache that it works with', () => {
    const [problem] = problems(plainDisk, vda, 'pc-q35-7.2', { io: 'native', cache: 'writeback' })
    expect(problem).toMatchObject({ severity: 'error', field: 'io' })
    expect(problem?.fix?.changes[0]).toMatchObject({ values: { cache: 'none' } })
    expect(problems(plainDisk, vda, 'pc-q35-7.2', { io: 'native', cache: 'directsync' })).toEqual([])
  })

  it('say of each cache mode what it does with the memory of the host and with a guest’s flushes', () => {
    const { type } = disk.fields.cache
    const notes = Object.fromEntries(
      type.kind === 'choice' ? type.choices.map((one) => [one.value, one.note]) : [],
    )
    expect(Object.keys(notes)).toEqual([
      'default',
      'writeback',
      'none',
      'writethrough',
      'directsync',
      'unsafe',
    ])
    expect(notes['default']).toBe('write back')
    for (const mode of ['writeback', 'none', 'unsafe']) expect(notes[mode], mode).toContain('flush')
    for (const mode of ['none', 'directsync'])
      expect(notes[mode], mode).toContain('past the memory of the host')
    for (const mode of ['writethrough', 'directsync'])
      expect(notes[mode], mode).toContain('when it is on disk')
  })

  it('tell how much of a qcow2 image its cache knows, in whole clusters', () => {
    const of = (metadataCacheBytes: number, format = 'qcow2') =>
      problems(plainDisk, vda, 'pc-q35-7.2', { metadataCacheBytes, format }).filter(
        ({ field }) => field === 'metadataCacheBytes',
      )
    expect(of(1_048_576)).toMatchObject([
      { severity: 'hint', message: expect.stringContaining('Enough for 8 GiB of the image') as string },
    ])
    expect(of(1_000_000)).toMatchObject([
      { severity: 'warning', fix: { changes: [{ item: vda, values: { metadataCacheBytes: 1_048_576 } }] } },
    ])
    expect(of(1_000_000, 'raw')).toEqual([])
  })

  it('know that iSCSI devices are raw, and that a device of the host must be the guest’s alone', () => {
    const iscsi = problems(network('iscsi'), vda, 'pc-q35-7.2', { format: 'qcow2' })
    expect(iscsi).toMatchObject([{ severity: 'warning', field: 'format' }])
    expect(problems(network('iscsi'))).toEqual([])
    expect(problems(on('scsi'), sda)).toMatchObject([{ severity: 'hint', field: 'blockDevice' }])
  })

  it('let a paravirtual Xen VM have a hundred disks', () => {
    const disks = Array.from({ length: 101 }, (_, at) => on('xen', 'disk', `xvd${diskLetters(at)}`)).join(
      '\n',
    )
    const context = { ...contextOf(vm(disks)), virtType: 'xen', osType: 'xen' }
    const values = context.items.find(({ ref }) => ref.key === 'xvda')?.values ?? {}
    expect(disk.check?.(values, { ...context, self: { kind: 'disk', key: 'xvda' } })).toContainEqual(
      expect.objectContaining({ severity: 'error', field: 'bus' }),
    )
    expect(disk.defaults?.({ ...context, items: [] })).toMatchObject({ bus: 'xen', target: 'xvda' })
  })

  it('warn of the unsafe cache and of images without a format or with the wrong one', () => {
    const of = (changed: Values) => problems(plainDisk, vda, 'pc-q35-7.2', changed)
    expect(of({ cache: 'unsafe' })).toMatchObject([{ severity: 'warning', field: 'cache' }])
    expect(of({ format: 'raw' })).toMatchObject([
      { severity: 'warning', field: 'format', fix: { changes: [{ values: { format: 'qcow2' } }] } },
    ])
    expect(of({ format: undefined })).toMatchObject([{ severity: 'warning', field: 'format' }])
  })

  it('know which buses a machine has and how many drives fit', () => {
    expect(errors(on('ide', 'disk', 'hda'), { kind: 'disk', key: 'hda' })).toEqual(['bus'])
    expect(errors(on('ide', 'disk', 'hda'), { kind: 'disk', key: 'hda' }, 'pc-i440fx-7.2')).toEqual([])
    expect(errors(plainDisk, vda, 'pc-q35-7.2', { device: 'cdrom' })).toEqual(['bus'])
    const five = ['hda', 'hdb', 'hdc', 'hdd', 'hde'].map((name) => on('ide', 'disk', name)).join('\n')
    expect(errors(five, { kind: 'disk', key: 'hde' }, 'pc-i440fx-7.2')).toEqual(['bus'])
  })

  it('refuse limits that libvirt refuses', () => {
    const of = (changed: Values) => errors(plainDisk, vda, 'pc-q35-7.2', changed)
    expect(of({ totalBytesSec: 5, readBytesSec: 5 })).toEqual(['totalBytesSec'])
    expect(of({ totalIopsSecMax: 5 })).toEqual(['totalIopsSecMax'])
    expect(of({ totalIopsSec: 9, totalIopsSecMax: 5 })).toEqual(['totalIopsSecMax'])
    expect(of({ readIopsSec: 5, readIopsSecMaxLength: 5 })).toEqual(['readIopsSecMaxLength'])
    expect(of({ groupName: 'slow' })).toEqual(['groupName'])
    expect(of({ groupName: 'slow', totalIopsSec: 5, totalIopsSecMax: 9 })).toEqual([])
  })

  it('ask a vhost-user disk for shared memory and offer it', () => {
    const served = problems(plainDisk, vda, 'pc-q35-7.2', {
      sourceType: 'vhostuser',
      socket: '/run/v',
      format: undefined,
    })
    expect(served).toMatchObject([
      {
        severity: 'error',
        fix: { changes: [{ values: { backingSource: 'memfd', backingAccess: 'shared' } }] },
      },
    ])
  })

  it('refuse what servers and devices cannot do', () => {
    expect(errors(network('nbd'), vda, 'pc-q35-7.2', { hosts: [] })).toEqual(['hosts'])
    expect(errors(network('rbd'), vda, 'pc-q35-7.2', { hosts: [], authUser: 'a' })).toEqual(['authSecret'])
    expect(errors(drive, sda, 'pc-q35-7.2', { sourceType: 'network' })).toEqual(['protocol', 'sourceName'])
    expect(errors(drive, sda, 'pc-q35-7.2', { sourceType: 'volume', pool: 'isos' })).toEqual(['volume'])
    const nvme = { sourceType: 'nvme', nvmeAddress: 'x', nvmeNamespace: 1, format: 'raw' }
    expect(errors(plainDisk, vda, 'pc-q35-7.2', nvme)).toEqual(['nvmeAddress'])
    expect(errors(on('scsi', 'lun'), sda, 'pc-q35-7.2', { format: 'qcow2' })).toEqual(['format'])
    expect(errors(on('sata'), sda, 'pc-q35-7.2', { readOnly: true })).toEqual(['readOnly'])
    expect(errors(plainDisk, vda, 'pc-q35-7.2', { shareable: true })).toEqual(['shareable'])
    expect(errors(plainDisk, vda, 'pc-q35-7.2', { file: undefined })).toEqual(['sourceType'])
  })
})

describe('plugging in', () => {
  it('works on VirtIO, SCSI and USB, and says why not elsewhere', () => {
    const context = { ...contextOf(vm(plainDisk)), isRunning: true }
    expect(disk.hotplug?.({ bus: 'scsi', target: 'sda' }, context)).toBe(true)
    expect(disk.hotplug?.({ bus: 'usb', target: 'sda' }, context)).toBe(true)
    expect(disk.hotplug?.({ bus: 'sata', target: 'sda' }, context)).toMatch(/SATA/)
    expect(disk.hotplug?.({ device: 'floppy', bus: 'fdc', target: 'fda' }, context)).toMatch(/Floppy/)
  })

  it('names what stays in storage', () => {
    expect(disk.whatGoes?.(valuesIn(vm(plainDisk), vda))).toEqual([
      'The image /images/web.qcow2 stays in storage',
    ])
    expect(disk.title(valuesIn(vm(drive), sda))).toBe('SATA CD drive sda')
  })
})
