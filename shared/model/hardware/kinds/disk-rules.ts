/** What libvirt and QEMU refuse of a disk, and what would hurt later, said while it is entered. */
import { plain, type Values } from '../field'
import { isQemu, isXen, itemsOf, type CheckContext, type Problem } from '../kind'
import { busesFor, busOf, hasRoom, nextTarget, takenTargets, targetPrefix, type DiskDevice } from '../targets'
import { at, fix } from './disk-fix'
import { limitProblems } from './disk-limit-rules'
import { metadataCacheProblems } from './disk-metadata-cache'
import { sourceProblems } from './disk-source-rules'
import { deviceIs, deviceOf, hasMedium, isRemovable, protocolIs, sourceText, sourceTypeOf } from './disk-when'

type Rule = (values: Values, context: CheckContext) => readonly Problem[]

export function diskProblems(values: Values, context: CheckContext): readonly Problem[] {
  return rules.flatMap((rule) => rule(values, context))
}

const rules: readonly Rule[] = [
  nameProblems,
  busProblems,
  (values, context) => {
    if (hasMedium(values) || isRemovable(values)) return []
    return [
      { severity: 'error', message: 'Choose what the disk contains', field: 'sourceType', ...at(context) },
    ]
  },
  formatProblems,
  cacheProblems,
  metadataCacheProblems,
  sourceProblems,
  lunProblems,
  smallProblems,
  limitProblems,
]

function nameProblems(values: Values, context: CheckContext): Problem[] {
  const target = plain(values.target)
  const device = deviceOf(values)
  const taken = new Set(
    itemsOf(context, 'disk')
      .filter(({ ref }) => ref.key !== context.self?.key)
      .map((item) => plain(item.values.target)),
  )
  const next = nextTarget(busOf(values), new Set([...taken, ...takenTargets(context)]))
  const rename = next === undefined ? {} : fix(context, `Call it ${next}`, { target: next })
  const place = { field: 'target', ...at(context) }
  if (target === '') return []
  if (taken.has(target))
    return [{ severity: 'error', message: `Another disk is called ${target}`, ...place, ...rename }]
  const pattern = device === 'floppy' ? /^fd[a-z0-9_]+$/i : /^(ioemu:)?(fd|hd|sd|vd|xvd|ubd)[a-z0-9_]+$/i
  if (!pattern.test(target) || (target.startsWith('fd') && (device === 'disk' || device === 'lun'))) {
    const message = `Begin with "${targetPrefix(busOf(values))}" and go on with letters, as in ${next ?? 'vda'}`
    return [{ severity: 'error', message, ...place, ...rename }]
  }
  const isUsual = target.replace('ioemu:', '').startsWith(targetPrefix(busOf(values)))
  if (isUsual || busOf(values) === '') return []
  const message = `Disks on this bus are usually called ${targetPrefix(busOf(values))}…; the name decides nothing`
  return [{ severity: 'hint', message, ...place, ...rename }]
}

function busProblems(values: Values, context: CheckContext): Problem[] {
  const bus = busOf(values)
  const device = deviceOf(values)
  const place = { field: 'bus', ...at(context) }
  if (!/^(disk|cdrom|floppy|lun)$/.test(device) || bus === '') return []
  const possible = busesFor(device as DiskDevice, context)
  const problems: Problem[] = []
  if (possible.length === 0 && device === 'floppy')
    problems.push({ severity: 'error', message: 'This machine has no floppy drives', ...place })
  else if (possible.length > 0 && !possible.includes(bus)) {
    const message = `This machine has no such drive on this bus; choose ${possible.join(', ')}`
    const best = possible[0]
    problems.push({
      severity: 'error',
      message,
      ...place,
      ...(best === undefined ? {} : fix(context, `Use ${best}`, { bus: best })),
    })
  }
  const sameBus = itemsOf(context, 'disk').filter((item) => busOf(item.values) === bus)
  const isCounted = sameBus.some(({ ref }) => ref.key === context.self?.key)
  if (!hasRoom(bus, sameBus.length + (isCounted ? 0 : 1))) {
    problems.push({
      severity: 'error',
      message: `This bus has no room for another drive: ${bus === 'ide' ? 'IDE takes four' : 'two at most'}`,
      ...place,
    })
  }
  if (isXen(context) && context.osType !== 'hvm' && itemsOf(context, 'disk').length > 100)
    problems.push({ severity: 'error', message: 'A paravirtual Xen VM has at most 100 disks', ...place })
  return problems
}

function formatProblems(values: Values, context: CheckContext): Problem[] {
  if (sourceTypeOf(values) === 'vhostuser' || !isQemu(context) || !hasMedium(values)) return []
  const place = { field: 'format', ...at(context) }
  const image = sourceText(values) ?? ''
  const ending = /\.(qcow2|vmdk|vdi|qed)$/i.exec(image)?.[1]?.toLowerCase()
  const format = plain(values.format)
  if (format === '') {
    const likely = ending ?? 'raw'
    const message =
      'The format is not set, so that the guest gets the file as it is, and could choose which file it reads next time'
    return [{ severity: 'warning', message, ...place, ...fix(context, `Use ${likely}`, { format: likely }) }]
  }
  if (format === 'raw' && ending !== undefined) {
    const message = `The image looks like ${ending}: taken as raw, the guest finds no disk it can read`
    return [{ severity: 'warning', message, ...place, ...fix(context, `Use ${ending}`, { format: ending }) }]
  }
  if (format !== 'raw' && /\.iso$/i.test(image))
    return [
      {
        severity: 'warning',
        message: 'An ISO image is raw',
        ...place,
        ...fix(context, 'Use raw', { format: 'raw' }),
      },
    ]
  if (protocolIs('iscsi')(values) && format !== 'raw')
    return [{ severity: 'warning', message: 'iSCSI devices are raw as a rule', ...place }]
  return []
}

function cacheProblems(values: Values, context: CheckContext): Problem[] {
  const { cache, io, detectZeroes, discard } = values
  const problems: Problem[] = []
  if (cache === 'unsafe')
    problems.push({
      severity: 'warning',
      message: 'Unsafe cache loses data when the host fails: for installing only, change it back afterwards',
      field: 'cache',
      ...at(context),
      ...fix(context, 'Use write back', { cache: 'writeback' }),
    })
  if (io === 'native' && cache !== 'none' && cache !== 'directsync')
    problems.push({
      severity: 'error',
      message: 'Native I/O needs cache none or direct sync; the emulator does not start otherwise',
      field: 'io',
      ...at(context),
      ...fix(context, 'Use cache none', { cache: 'none' }),
    })
  if (detectZeroes === 'unmap' && discard !== 'unmap')
    problems.push({
      severity: 'warning',
      message: 'Zeroes are not freed without discard',
      field: 'detectZeroes',
      ...at(context),
      ...fix(context, 'Turn discard on', { discard: 'unmap' }),
    })
  if (values.shareable === true && plain(values.format) !== '' && values.format !== 'raw')
    problems.push({
      severity: 'error',
      message: 'Only raw images can be shared by several VMs',
      field: 'shareable',
      ...at(context),
      ...fix(context, 'Do not share', {}, ['shareable']),
    })
  if (values.shareable === true && cache !== undefined && cache !== 'none' && cache !== 'directsync')
    problems.push({
      severity: 'warning',
      message: 'What several VMs share must not be cached by the host',
      field: 'cache',
      ...at(context),
      ...fix(context, 'Use cache none', { cache: 'none' }),
    })
  return problems
}

function lunProblems(values: Values, context: CheckContext): Problem[] {
  if (!deviceIs('lun')(values)) return []
  const problems: Problem[] = []
  const error = (field: string, message: string, more: Pick<Problem, 'fix'> = {}): void => {
    problems.push({ severity: 'error', message, field, ...at(context), ...more })
  }
  if (!['block', 'volume', 'network'].includes(sourceTypeOf(values)))
    error('sourceType', 'A SCSI device of the host is a device, a volume of a pool or an iSCSI target')
  if (sourceTypeOf(values) === 'network' && values.protocol !== 'iscsi')
    error('protocol', 'Only iSCSI passes SCSI commands on')
  if (plain(values.format) !== '' && values.format !== 'raw')
    error('format', 'A device is raw', fix(context, 'Use raw', { format: 'raw' }))
  if (values.encryptionFormat !== undefined) error('encryptionFormat', 'A SCSI device cannot be decrypted')
  if (values.sgIo === 'unfiltered')
    error('sgIo', 'libvirt no longer takes unfiltered commands', fix(context, 'Filter', {}, ['sgIo']))
  if (values.reservations === false && values.reservationsSocket === undefined)
    error('reservationsSocket', 'Enter the socket of the helper')
  return problems
}

function smallProblems(values: Values, context: CheckContext): Problem[] {
  const problems: Problem[] = []
  const error = (field: string, message: string, more: Pick<Problem, 'fix'> = {}): void => {
    problems.push({ severity: 'error', message, field, ...at(context), ...more })
  }
  const bus = busOf(values)
  if (values.readOnly === true && deviceOf(values) === 'disk' && (bus === 'ide' || bus === 'sata'))
    error('readOnly', 'Hard disks on IDE and SATA cannot be read-only; use VirtIO or SCSI')
  if (values.readOnly === true && values.copyOnRead === true)
    error(
      'copyOnRead',
      'What is read-only cannot keep what was read',
      fix(context, 'Do not copy', {}, ['copyOnRead']),
    )
  if (deviceOf(values) === 'cdrom' && values.readOnly === false) error('readOnly', 'A CD is always read-only')
  if (values.wwn !== undefined && !/^(0x)?[0-9a-f]{16}$/i.test(plain(values.wwn)))
    error('wwn', 'Enter 16 hexadecimal digits')
  if (values.serial !== undefined && !/^[A-Za-z0-9_.+\- ]+$/.test(plain(values.serial)))
    error('serial', 'Use letters, digits, spaces and _ . + -')
  if (bus === 'virtio' && plain(values.serial).length > 20)
    problems.push({
      severity: 'warning',
      message: 'VirtIO shows the guest the first 20 characters only',
      field: 'serial',
      ...at(context),
    })
  for (const field of ['vendor', 'product'])
    if (!/^[ -~]*$/.test(plain(values[field]))) error(field, 'Use plain letters, digits and signs')
  const geometry = ['cylinders', 'heads', 'sectors'].filter((field) => values[field] !== undefined)
  if (geometry.length > 0 && geometry.length < 3)
    error('cylinders', 'Enter cylinders, heads and sectors, or none of them')
  for (const field of ['logicalBlockBytes', 'physicalBlockBytes', 'queueSize']) {
    const value = values[field]
    if (typeof value === 'number' && !Number.isInteger(Math.log2(value))) error(field, 'Use a power of two')
  }
  if (
    values.rotationRate !== undefined &&
    Number(values.rotationRate) > 1 &&
    Number(values.rotationRate) < 1025
  )
    error('rotationRate', 'Enter 1 for a solid state drive, or 1025 and more turns per minute')
  if (values.bootParameter !== undefined && !/^[a-zA-Z0-9.\s]{1,8}$/.test(plain(values.bootParameter)))
    error('bootParameter', 'Use up to eight letters, digits, dots and spaces')
  const twin =
    values.bootOrder === undefined
      ? undefined
      : context.items.find(
          (item) =>
            item.values.bootOrder === values.bootOrder &&
            !(item.ref.kind === context.self?.kind && item.ref.key === context.self.key) &&
            item.ref.kind !== 'boot',
        )
  if (twin) error('bootOrder', `Another device has place ${plain(values.bootOrder)} already`)
  return problems
}
