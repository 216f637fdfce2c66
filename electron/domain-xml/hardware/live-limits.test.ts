import { expect, it } from 'vitest'
import { effectOf } from '../../../shared/model/hardware/effects'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import { EditDocument } from '../edit/tree'
import { applyChanges } from './change'
import { liveCommand, liveSteps } from './live'
import { hardwareContext } from './view'

const xml = (device: string) => `<domain type='kvm'>
  <devices>
    <disk type='file' device='${device}'>
      <driver name='qemu' type='raw'/>
      <source file='/a'/>
      <target dev='sda' bus='scsi'/>
    </disk>
  </devices>
</domain>`

const set = (values: Extract<HardwareChange, { kind: 'set' }>['values'], unset: string[] = []) =>
  ({ kind: 'set', item: { kind: 'disk', key: 'sda' }, values, unset }) as const

function steps(device: string, change: HardwareChange) {
  const { applied } = applyChanges(EditDocument.parse(xml(device)), [change])
  return applied.flatMap((one) => liveSteps(one))
}

const effect = (device: string, change: HardwareChange) => {
  const running = EditDocument.parse(xml(device))
  const context = hardwareContext({ stored: EditDocument.parse(xml(device)), running })
  return effectOf(change, { ...context, isRunning: true })
}

it('limits a running disk by the call for limits, and lifts those that are unset', () => {
  const change = set({ totalBytesSec: 1_048_576, readIopsSec: 50 }, ['writeIopsSec'])
  const [step, ...more] = steps('disk', change)
  expect(more).toEqual([])
  expect(step && liveCommand(step, { name: 'web', uri: '' })).toBe(
    'virsh blkdeviotune web sda --total-bytes-sec 1048576 --read-iops-sec 50 --write-iops-sec 0 --live',
  )
})

it('changes the medium of a running drive in place, and leaves its limits to their call', () => {
  const [update, limits] = steps('cdrom', set({ file: '/b.iso', totalIopsSec: 9 }))
  expect(update?.kind).toBe('update')
  expect(update && 'element' in update && update.element.toString()).toContain("<source file='/b.iso'/>")
  expect(update && 'element' in update && update.element.toString()).not.toContain('iotune')
  expect(limits?.kind).toBe('disk-limits')
})

it('keeps the image of a running hard disk, which waits for the next start', () => {
  const change = set({ file: '/b.img' })
  expect(steps('disk', change)).toEqual([])
  expect(effect('disk', change)).toMatchObject({
    when: 'next-start',
    why: expect.stringContaining('medium') as string,
  })
  expect(effect('cdrom', change)).toEqual({ when: 'now' })
})
