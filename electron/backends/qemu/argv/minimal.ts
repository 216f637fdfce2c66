/** The least that makes a guest of a definition, until the whole planner is here. */
import { parseXml, type XmlElement } from '../../../domain-xml/document'
import { sizeOf } from '../../../domain-xml/sizes'
import type { ArgvPart, PlanArgv } from './plan'

export const planArgv: PlanArgv = (xml, { emulator, runFolder }) => {
  const { root } = parseXml(xml, 'the definition')
  const parts: ArgvPart[] = []
  const add = (of: string, ...words: string[]): void => void parts.push({ of, words, why: of })
  const os = root.find('os')
  const devices = root.find('devices')
  const all = (name: string): readonly XmlElement[] => devices?.children(name) ?? []
  add('name', '-name', `guest=${(root.textOf('name') ?? '').replaceAll(',', ',,')}`)
  add('identity', '-uuid', root.textOf('uuid') ?? '')
  add(
    'machine',
    '-nodefaults',
    '-no-user-config',
    '-machine',
    os?.find('type')?.attribute('machine') ?? 'q35',
    '-accel',
    'tcg',
  )
  add('memory', '-m', `${Math.ceil((sizeOf(root.find('memory'), 'KiB') ?? 0) / 1024 ** 2)}`)
  add('cpus', '-smp', root.textOf('vcpu') ?? '1')
  for (const [name, option] of [
    ['kernel', '-kernel'],
    ['initrd', '-initrd'],
    ['cmdline', '-append'],
  ] as const) {
    const value = os?.textOf(name)
    if (value !== undefined) add(name, option, value)
  }
  for (let number = 0; number < 3; number += 1) {
    add('monitor', '-chardev', `socket,id=qmp${number},path=${runFolder}/qmp-${number},server=on,wait=off`)
    add('monitor', '-mon', `chardev=qmp${number},mode=control`)
  }
  for (const disk of all('disk')) {
    const file = disk.find('source')?.attribute('file')
    const target = disk.find('target')?.attribute('dev') ?? ''
    if (file === undefined) continue
    const format = disk.find('driver')?.attribute('type') ?? 'raw'
    const isReadOnly = disk.attribute('device') === 'cdrom'
    add(
      `disk ${target}`,
      '-blockdev',
      JSON.stringify({
        driver: format,
        'node-name': `drive-${target}`,
        'read-only': isReadOnly,
        file: { driver: 'file', filename: file },
      }),
    )
    const model =
      disk.find('target')?.attribute('bus') === 'virtio' ? 'virtio-blk-pci' : isReadOnly ? 'ide-cd' : 'ide-hd'
    add(
      `disk ${target}`,
      '-device',
      `${model},drive=drive-${target}${disk.find('shareable') ? ',share-rw=on' : ''}`,
    )
  }
  for (const [at, card] of all('interface').entries()) {
    add('card', '-netdev', `user,id=hostnet${at}`)
    add(
      'card',
      '-device',
      `virtio-net-pci,netdev=hostnet${at},id=net${at},mac=${card.find('mac')?.attribute('address')}`,
    )
  }
  for (const [at, serial] of all('serial').entries()) {
    const log = serial.find('log')?.attribute('file')
    add(
      'serial',
      '-chardev',
      `socket,id=charserial${at},path=${runFolder}/serial-${at},server=on,wait=off${log === undefined ? '' : `,logfile=${log}`}`,
    )
    add('serial', '-device', `isa-serial,chardev=charserial${at},id=serial${at}`)
  }
  if (all('graphics').length > 0) add('screen', '-vnc', `unix:${runFolder}/vnc`, '-device', 'VGA')
  else add('screen', '-display', 'none')
  if (all('memballoon').length > 0) add('balloon', '-device', 'virtio-balloon-pci,id=balloon0')
  add('process', '-daemonize', '-pidfile', `${runFolder}/pid`)
  return { program: emulator, parts, notes: [], helpers: [] }
}
