import { describe, expect, it } from 'vitest'
import { effectOf } from '../../../shared/model/hardware/effects'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import { EditDocument } from '../edit/tree'
import { secretMark } from '../secrets'
import { applyChanges } from './change'
import { liveCommand, liveSteps, type LiveStep } from './live'
import { hardwareContext } from './view'

const domain = (devices: string): EditDocument =>
  EditDocument.parse(`<domain type='kvm'>\n  <devices>\n${devices}\n  </devices>\n</domain>`)

function stepsOf(stored: string, running: string, change: HardwareChange): LiveStep[] {
  const { applied } = applyChanges(domain(stored), [change])
  return applied.flatMap((one) => liveSteps(one, domain(running)))
}

const elementOf = (step: LiveStep | undefined): string =>
  step && 'element' in step ? step.element.toString() : ''
const commandOf = (step: LiveStep | undefined): string | undefined =>
  step && liveCommand(step, { name: 'web', uri: '' })

const set = (
  kind: string,
  key: string,
  values: Extract<HardwareChange, { kind: 'set' }>['values'],
  unset: string[] = [],
) => ({ kind: 'set', item: { kind, key }, values, unset }) as const

const drive = (device: string, more = '') => `<disk type='file' device='${device}'>
      <driver name='qemu' type='raw'/>
      <source file='/a'${more}/>
      <target dev='sda' bus='scsi'/>
    </disk>`

describe('a disk of a running VM', () => {
  const steps = (device: string, change: HardwareChange) => stepsOf(drive(device), drive(device), change)

  it('is limited by the call for limits, which lifts those that are unset', () => {
    const change = set('disk', 'sda', { totalBytesSec: 1_048_576, readIopsSecMaxLength: 5 }, ['writeIopsSec'])
    const [step, ...more] = steps('disk', change)
    expect(more).toEqual([])
    expect(commandOf(step)).toBe(
      'virsh blkdeviotune web sda --total-bytes-sec 1048576 --read-iops-sec-max-length 5 --write-iops-sec 0 --live',
    )
  })

  it('keeps its image, which waits for the next start, unless it is a drive', () => {
    const change = set('disk', 'sda', { file: '/b.img' })
    const effect = (device: string) => {
      const [stored, running] = [domain(drive(device)), domain(drive(device))]
      return effectOf(change, { ...hardwareContext({ stored, running }), isRunning: true })
    }
    expect(steps('disk', change)).toEqual([])
    expect(effect('disk')).toMatchObject({
      when: 'next-start',
      why: expect.stringContaining('medium') as string,
    })
    expect(effect('cdrom')).toEqual({ when: 'now' })
  })

  it('gives its medium out by force, though the stored definition is past it already', () => {
    const empty = drive('cdrom').replace(`<source file='/a'/>`, '')
    const eject = { ...set('disk', 'sda', {}, ['file']), isForced: true as const }
    const [step, ...more] = stepsOf(empty, drive('cdrom'), eject)
    expect(more).toEqual([])
    expect(step).toMatchObject({ kind: 'update', isForced: true })
    expect(elementOf(step)).not.toContain('/a')
    expect(commandOf(step)).toMatch(/^virsh update-device web \/dev\/stdin --live --force <</)
    const [asked] = stepsOf(empty, drive('cdrom'), set('disk', 'sda', {}, ['file']))
    expect(commandOf(asked)).not.toContain('--force')
  })

  it('gets another medium in place, without what belonged to the last one', () => {
    const running = drive('cdrom', ` index='3'`).replace(
      '<target',
      `<backingStore/>\n      <alias name='scsi0-0-0'/>\n      <target`,
    )
    const [update, limits, ...more] = stepsOf(
      drive('cdrom'),
      running,
      set('disk', 'sda', { file: '/b.iso', totalIopsSec: 9 }),
    )
    expect(more).toEqual([])
    expect(elementOf(update)).toContain(`<source file='/b.iso'/>`)
    expect(elementOf(update)).toContain(`<alias name='scsi0-0-0'/>`)
    expect(elementOf(update)).not.toMatch(/iotune|backingStore|index/)
    expect(limits?.kind).toBe('parameters')
  })

  it('is ejected', () => {
    const [update] = stepsOf(drive('cdrom'), drive('cdrom', ` index='3'`), set('disk', 'sda', {}, ['file']))
    expect(elementOf(update)).not.toContain('<source')
  })
})

describe('a network card of a running VM', () => {
  const mac = '52:54:00:00:00:01'
  const stored = `<interface type='network'>
      <mac address='${mac}'/>
      <source network='default'/>
      <model type='e1000e'/>
    </interface>`
  const running = `<interface type='bridge'>
      <mac address='${mac}'/>
      <source network='default' portid='0f1e2d3c-0000-4000-8000-000000000000' bridge='virbr0'/>
      <target dev='vnet3'/>
      <model type='virtio'/>
      <alias name='net0'/>
    </interface>`

  it('is unplugged from its cable as it runs, whatever else waits for the next start', () => {
    const [step, ...more] = stepsOf(stored, running, set('nic', mac, { linkUp: false }))
    expect(more).toEqual([])
    expect(elementOf(step)).toContain(`<link state='down'/>`)
    // the model that is stored would be refused
    expect(elementOf(step)).toContain(`<model type='virtio'/>`)
    expect(elementOf(step)).toContain(`<alias name='net0'/>`)
  })

  it('keeps belonging to its network, not to the bridge the network has', () => {
    const [step] = stepsOf(stored, running, set('nic', mac, { outAverage: 1_048_576 }))
    expect(elementOf(step)).toContain(`<interface type='network'>`)
    expect(elementOf(step)).toContain(`<source network='default'/>`)
    expect(elementOf(step)).toContain(`<outbound average='1024'/>`)
  })

  it('moves to a bridge, and leaves the network', () => {
    const [step] = stepsOf(stored, running, set('nic', mac, { type: 'bridge', bridge: 'br0' }))
    expect(elementOf(step)).toContain(`<interface type='bridge'>`)
    expect(elementOf(step)).toContain(`<source bridge='br0'/>`)
  })
})

describe('devices of a running VM', () => {
  const rng = (place: string, more = '') => `<rng model='virtio'>
      <backend model='random'>/dev/urandom</backend>
      <address type='pci' domain='0x0000' bus='${place}' slot='0x00' function='0x0'/>${more}
    </rng>`

  it('are plugged out as they run, with the name they have in this run', () => {
    const [step] = stepsOf(
      `${rng('0x05')}\n${rng('0x06')}`,
      `${rng('0x05', `<alias name='rng0'/>`)}\n${rng('0x06', `<alias name='rng1'/>`)}`,
      { kind: 'remove', item: { kind: 'rng', key: '#1' } },
    )
    expect(step?.kind).toBe('detach')
    expect(elementOf(step)).toContain('rng1')
  })

  it('need no plugging out when they were never plugged in', () => {
    expect(
      stepsOf(`${rng('0x05')}\n${rng('0x07')}\n${rng('0x08')}`, `${rng('0x05')}\n${rng('0x06')}`, {
        kind: 'remove',
        item: { kind: 'rng', key: '#1' },
      }),
    ).toEqual([])
  })

  it('are plugged out also where the running one has another place', () => {
    const [step] = stepsOf(rng('0x05'), rng('0x06'), { kind: 'remove', item: { kind: 'rng', key: '#0' } })
    expect(elementOf(step)).toContain(`bus='0x06'`)
  })

  it('report their memory as often as is asked by the call for it', () => {
    const balloon = `<memballoon model='virtio'><stats period='2'/></memballoon>`
    const of = (change: HardwareChange) => stepsOf(balloon, balloon, change).map(commandOf)
    expect(of(set('balloon', 'balloon', { statsPeriodS: 9 }))).toEqual([
      'virsh dommemstat web --period 9 --live',
    ])
    expect(of(set('balloon', 'balloon', {}, ['statsPeriodS']))).toEqual([
      'virsh dommemstat web --period 0 --live',
    ])
  })

  it('never show a password in a command, and yet are given it', () => {
    const vnc = `<graphics type='vnc' port='5901' autoport='yes' passwd='old'/>`
    const [step] = stepsOf(vnc, vnc, set('graphics', 'vnc', { password: 'hush' }))
    expect(elementOf(step)).toContain(`passwd='hush'`)
    expect(commandOf(step)).toContain(`passwd='${secretMark}'`)
    expect(commandOf(step)).not.toContain('hush')
  })
})
