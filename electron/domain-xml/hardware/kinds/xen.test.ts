/** What Xen VMs have of their own, by their definitions: there is no Xen among the hosts of the tests. */
import { describe, expect, it } from 'vitest'
import { kindOf } from '../../../../shared/model/hardware/kinds'
import { pciDevice } from '../../../../shared/model/hardware/kinds/pci-device'
import { usbDevice } from '../../../../shared/model/hardware/kinds/usb-device'
import { domainWith } from '../testing/every-field'
import { add, change, contextOf, problemsIn } from '../testing/round-trip'

const paravirtual = domainWith('<emulator>/usr/lib/xen/bin/qemu</emulator>', 'xen').replace(
  "<type arch='x86_64' machine='pc-q35-7.2'>hvm</type>",
  "<type arch='x86_64' machine='xenpv'>linux</type>",
)
const card = `<hostdev mode='subsystem' type='pci' managed='yes'>
  <source>
    <address domain='0x0000' bus='0x06' slot='0x01' function='0x0'/>
  </source>
</hostdev>`
const at = { kind: 'pci-device', key: '0000:06:01.0' }

describe('a paravirtual Xen VM', () => {
  it('comes with Xen’s own disk, console, network card and balloon', () => {
    const context = contextOf(paravirtual)
    const fresh = (kind: string) => kindOf(kind)?.defaults?.(context)
    expect(fresh('disk')).toMatchObject({ bus: 'xen', target: 'xvda' })
    expect(fresh('console')).toEqual({ type: 'pty', targetType: 'xen' })
    expect(fresh('nic')).toMatchObject({ model: 'netfront' })
    expect(fresh('balloon')).toEqual({ model: 'xen' })
    expect(add(paravirtual, 'console', { ...fresh('console') }).added).toContain("<target type='xen'/>")
  })

  it('keeps what a storage script reads as its source, whatever else changes about the disk', () => {
    const scripted = paravirtual.replace(
      '<emulator>',
      `<disk type='block' device='disk'>
      <driver name='phy'/>
      <source dev='dmmd:md;/dev/md0;lvm;/dev/vg1/lv1'/>
      <target dev='xvda' bus='xen'/>
    </disk>
    <emulator>`,
    )
    const made = change(scripted, { kind: 'disk', key: 'xvda' }, { shareable: true, backendDomain: 'store' })
    expect(made.added).toEqual(['<shareable/>', "<backenddomain name='store'/>"])
    expect(made.removed).toEqual([])
    expect(made.restored).toBe(scripted)
  })

  it('is connected by a script of Xen', () => {
    const script = '/etc/xen/scripts/vif-route-ifup'
    const made = add(paravirtual, 'nic', {
      type: 'ethernet',
      mac: '00:16:3e:00:00:01',
      model: 'netfront',
      targetDev: 'vifalice.0',
      script,
    })
    expect(made.added).toContain(`<script path='${script}'/>`)
    expect(made.added).toContain("<target dev='vifalice.0'/>")
  })
})

describe('hardware of the host in a Xen VM', () => {
  const features = { kind: 'features', key: '' }

  it('needs passthrough among the features, which is offered', () => {
    const off = change(domainWith(card, 'xen'), features, { xenPassthrough: false }).text
    const [fix] = problemsIn(pciDevice, off, at).flatMap((problem) => problem.fix?.changes ?? [])
    expect(fix).toEqual({ kind: 'set', item: features, values: { xenPassthrough: true } })
    expect(change(off, features, { xenPassthrough: true, xenPassthroughMode: 'share_pt' }).added).toContain(
      "<passthrough state='on' mode='share_pt'/>",
    )
  })

  it('may be written to freely when a device needs that', () => {
    const xml = domainWith(card, 'xen')
    expect(change(xml, at, { writeFiltering: false }).added).toEqual(["<source writeFiltering='no'>"])
    expect(problemsIn(pciDevice, xml, at).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('comes by USB through a controller of Xen with the ports it is given', () => {
    const xml = domainWith('<emulator>/usr/lib/xen/bin/qemu</emulator>', 'xen')
    const controller = { ...kindOf('controller')?.defaults?.(contextOf(xml)), ports: 8 }
    expect(add(xml, 'controller', controller).added).toEqual([
      "<controller type='usb' model='qusb2' ports='8'/>",
    ])
    const stick = add(xml, 'usb-device', { identifyBy: 'id', id: '0424:0460' })
    expect(stick.added).toEqual(expect.arrayContaining(["<vendor id='0x0424'/>", "<product id='0x0460'/>"]))
    expect(problemsIn(usbDevice, stick.text, { kind: 'usb-device', key: '0424:0460' })).toMatchObject([
      { severity: 'hint', message: expect.stringContaining('usbfront') as string },
    ])
  })
})
