import { describe, expect, it } from 'vitest'
import { definitionIn, readSnapshot, withMergedFile, withWords } from './document'

const xml = `<domainsnapshot>
  <name>two</name>
  <!-- kept by somebody -->
  <state>disk-snapshot</state>
  <parent>
    <name>one</name>
  </parent>
  <creationTime>1795967805</creationTime>
  <memory snapshot='no'/>
  <disks>
    <disk name='vda' snapshot='external' type='file'>
      <driver type='qcow2'/>
      <source file='/i/disk.two'/>
    </disk>
    <disk name='vdb' snapshot='no'/>
  </disks>
  <domain type='kvm'>
    <name>web</name>
    <devices>
      <disk type='file' device='disk'>
        <driver name='qemu' type='qcow2'/>
        <source file='/i/disk.one'/>
        <backingStore type='file'>
          <format type='raw'/>
          <source file='/i/disk.raw'/>
        </backingStore>
        <target dev='vda' bus='virtio'/>
      </disk>
    </devices>
  </domain>
</domainsnapshot>
`

describe('a snapshot of libvirt', () => {
  it('says what it keeps, and where', () => {
    const { document: _, ...facts } = readSnapshot(xml)
    expect(facts).toEqual({
      name: 'two',
      parent: 'one',
      createdAtMs: 1_795_967_805_000,
      description: '',
      state: 'disk-only',
      kind: 'external',
      hasMemory: false,
      disks: [
        { target: 'vda', kind: 'external', overlay: '/i/disk.two', file: '/i/disk.one' },
        { target: 'vdb', kind: 'none' },
      ],
    })
  })

  it('is mixed when its memory lies beside the image that it is inside of', () => {
    const mixed = xml.replace("snapshot='no'/>", "snapshot='internal'/>")
    expect(readSnapshot(mixed)).toMatchObject({ kind: 'mixed', hasMemory: true })
  })

  it('gets a description on a line of its own, and loses it, with all else as it was', () => {
    const told = withWords(readSnapshot(xml), { description: 'Before <the> change' }).toString()
    expect(told).toBe(
      xml.replace(
        '<name>two</name>',
        '<name>two</name>\n  <description>Before &lt;the&gt; change</description>',
      ),
    )
    expect(withWords(readSnapshot(told), { description: '' }).toString()).toBe(xml)
  })

  it('names the file below when the one it had was merged into it', () => {
    const merged = withMergedFile(readSnapshot(xml), {
      from: '/i/disk.one',
      into: '/i/disk.raw',
      format: 'raw',
    })
    expect(merged?.toString()).toBe(
      xml
        .replace(
          "<driver name='qemu' type='qcow2'/>\n        <source file='/i/disk.one'/>",
          "<driver name='qemu' type='raw'/>\n        <source file='/i/disk.raw'/>",
        )
        .replace(/\n *<backingStore[\s\S]*<\/backingStore>/, ''),
    )
  })

  it('no longer names a file further down that has gone', () => {
    const merged = withMergedFile(readSnapshot(xml), { from: '/i/disk.raw', into: '/i/older.raw' })
    expect(merged?.toString()).toBe(xml.replace(/\n *<backingStore[\s\S]*<\/backingStore>/, ''))
    expect(withMergedFile(readSnapshot(xml), { from: '/i/other', into: '/i/older.raw' })).toBeUndefined()
  })

  it('has the definition of its time, written as if it stood alone', () => {
    expect(definitionIn(readSnapshot(xml))?.toString()).toMatch(
      /^<domain type='kvm'>\n {2}<name>web<\/name>\n {2}<devices>\n {4}<disk [\s\S]*\n<\/domain>$/,
    )
  })
})
