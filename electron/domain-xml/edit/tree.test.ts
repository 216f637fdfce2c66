import { describe, expect, it } from 'vitest'
import { readAt, writeAt } from './path'
import { EditDocument, parseElement } from './tree'

const odd = `<?xml version="1.0"?>
<!-- before -->
<domain type='kvm'
        id="3" xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\r
\t<name >a &amp; b</name ><empty></empty><self  />
  <mixed>one <b>two</b> three<![CDATA[ <four> ]]></mixed>
  <?keep me?>
  <qemu:commandline><qemu:arg value='-foo'/></qemu:commandline>
</domain>
<!-- after -->
`

describe('a document that is changed in places', () => {
  it('is written back byte for byte when nothing changes', () => {
    expect(EditDocument.parse(odd).toString()).toBe(odd)
    expect(EditDocument.parse(odd).clone().toString()).toBe(odd)
  })

  it('keeps everything but the one value that changes', () => {
    const document = EditDocument.parse(odd)
    document.root.setAttribute('id', '4')
    writeAt(document.root, 'name', 'c < d')
    expect(document.toString()).toBe(odd.replace('id="3"', 'id="4"').replace('a &amp; b', 'c &lt; d'))
  })

  it('writes a value that is already there in no new way', () => {
    const document = EditDocument.parse(`<a b="x &#62; y">t &gt; u</a>`)
    document.root.setAttribute('b', 'x > y')
    document.root.setText('t > u')
    expect(document.toString()).toBe(`<a b="x &#62; y">t &gt; u</a>`)
  })
})

const disk = `<devices>
    <disk type='file'>
      <driver name='qemu'/>
      <target dev='vda'/>
    </disk>
  </devices>`

describe('elements', () => {
  it('are added on lines of their own, indented like their neighbours', () => {
    const devices = parseElement(disk)
    const child = devices.find('disk')
    if (!child) throw new Error('no disk')
    writeAt(child, 'driver/@cache', 'none')
    writeAt(child, 'iotune/total_bytes_sec', '1000')
    devices.insert(parseElement(`<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>`))
    expect(devices.toString()).toBe(`<devices>
    <disk type='file'>
      <driver name='qemu' cache='none'/>
      <target dev='vda'/>
      <iotune>
        <total_bytes_sec>1000</total_bytes_sec>
      </iotune>
    </disk>
    <rng model='virtio'>
      <backend model='random'>/dev/urandom</backend>
    </rng>
  </devices>`)
  })

  it('leave no trace when what was added is removed again', () => {
    const devices = parseElement(disk)
    const child = devices.find('disk')
    if (!child) throw new Error('no disk')
    writeAt(child, 'iotune/total_bytes_sec', '1000')
    writeAt(child, 'target/@bus', 'virtio')
    writeAt(child, 'target/@bus', undefined)
    writeAt(child, 'iotune/total_bytes_sec', undefined)
    expect(devices.toString()).toBe(disk)
  })

  it('are found and made by an attribute', () => {
    const clock = parseElement(`<clock offset='utc'><timer name='hpet' present='no'/></clock>`)
    writeAt(clock, `timer[@name='rtc']/@tickpolicy`, 'catchup')
    expect(readAt(clock, `timer[@name='hpet']/@present`)).toBe('no')
    expect(clock.toString()).toBe(
      `<clock offset='utc'><timer name='hpet' present='no'/><timer name='rtc' tickpolicy='catchup'/></clock>`,
    )
    writeAt(clock, `timer[@name='rtc']`, undefined)
    expect(clock.toString()).toBe(`<clock offset='utc'><timer name='hpet' present='no'/></clock>`)
  })

  it('fill and empty an element written as a single tag', () => {
    const root = parseElement(`<domain>\n  <os/>\n</domain>`)
    writeAt(root, 'os/loader/@secure', 'yes')
    expect(root.toString()).toBe(`<domain>\n  <os>\n    <loader secure='yes'/>\n  </os>\n</domain>`)
  })
})
