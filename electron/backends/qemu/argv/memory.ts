/** The guest's memory and where the host takes it from: https://libvirt.org/formatdomain.html#memory-backing */
import { sizeOf } from '../../../domain-xml/sizes'
import { add, type Build, idOf } from './build'
import { flag, number, options, type Options } from './options'
import type { Reading } from './reading'

const mib = 1024 ** 2

/** Name of the memory object that is the whole memory of a machine without NUMA. */
const wholeId = 'ram-all'

interface Backing {
  /** Kind and properties of the memory object, without id and size. */
  readonly kind: string
  readonly values: Options
  readonly why: string
}

export function planMemory(build: Build): void {
  const { domain } = build
  const memory = domain.child('memory')
  memory?.attr('unit')
  memory?.text()
  const bytes = sizeOf(memory?.element, 'KiB') ?? 0
  const plugged = build.devices.filter(({ name }) => name === 'memory')
  const extra = plugged.reduce((sum, device) => sum + pluggedBytes(device), 0)
  const maximum = domain.child('maxMemory')
  maximum?.attr('unit')
  maximum?.text()
  const maximumBytes = sizeOf(maximum?.element, 'KiB')
  const numa = domain.at('cpu', 'numa')
  // what is plugged counts in <memory>, but not where cells say what each has
  const whole = numa ? cellBytes(numa) : Math.max(bytes - extra, 0)
  const slots = number(maximum?.attr('slots')) ?? (plugged.length > 0 ? plugged.length : undefined)
  add(
    build,
    'memory',
    `How much memory the guest has: ${Math.round(whole / mib)} MiB${maximumBytes === undefined ? '' : `, up to ${Math.round(maximumBytes / mib)} MiB with what is plugged in`}.`,
    '-m',
    maximumBytes === undefined && slots === undefined
      ? `${Math.ceil(whole / mib)}M`
      : options(undefined, {
          size: `${Math.ceil(whole / mib)}M`,
          slots,
          maxmem: `${Math.ceil((maximumBytes ?? whole + extra) / mib)}M`,
        }),
  )
  const backing = backingOf(build)
  if (numa) planCells(build, numa, backing)
  else if (backing)
    add(
      build,
      'memory',
      backing.why,
      '-object',
      options(backing.kind, { id: wholeId, size: whole, ...backing.values }),
    )
  const locked = domain.at('memoryBacking', 'locked')
  if (locked)
    add(
      build,
      'memory',
      'The guest’s memory stays in the host’s: it is never swapped out.',
      '-overcommit',
      'mem-lock=on',
    )
  // the balloon is told of it once the guest runs (after-start.ts)
  const current = domain.child('currentMemory')
  current?.attr('unit')
  current?.text()
}

export function memoryMachineOptions(build: Build): Options {
  const { domain } = build
  const dump = flag(domain.child('memory')?.attr('dumpCore'))
  const isShared = domain.at('memoryBacking', 'nosharepages') === undefined
  const hasNvdimm = build.devices.some(
    (device) => device.name === 'memory' && device.attr('model') === 'nvdimm',
  )
  return {
    'dump-guest-core': dump ?? false,
    'mem-merge': isShared ? undefined : false,
    nvdimm: hasNvdimm ? true : undefined,
    'memory-backend': !domain.at('cpu', 'numa') && backingOf(build) ? wholeId : undefined,
  }
}

/** Undefined: QEMU takes it as it takes any memory. */
function backingOf(build: Build): Backing | undefined {
  const element = build.domain.child('memoryBacking')
  const pages = element?.child('hugepages')
  const source = element?.child('source')?.attr('type')
  const isShared = element?.child('access')?.attr('mode') === 'shared'
  const allocation = element?.child('allocation')
  const discards = element?.child('discard') !== undefined
  const needsSharing = build.devices.some(
    (device) =>
      (device.name === 'filesystem' && device.child('driver')?.attr('type') === 'virtiofs') ||
      (device.name === 'interface' && device.attr('type') === 'vhostuser') ||
      (device.name === 'disk' && device.attr('type') === 'vhostuser'),
  )
  const immediate = allocation?.attr('mode') === 'immediate'
  const values: Options = {
    prealloc: immediate || pages !== undefined ? true : undefined,
    'prealloc-threads': number(allocation?.attr('threads')),
    share: isShared || needsSharing ? true : undefined,
    ...nodes(build.domain.at('numatune', 'memory')),
  }
  if (discards && source !== 'file')
    build.notes.push(
      'Memory is not thrown away at the end by itself: only memory in a file of its own needs that.',
    )
  if (pages) {
    const page = pages.children('page')[0]
    page?.attr('nodeset')
    const unit = page?.attr('unit') ?? 'KiB'
    const size = page?.attr('size')
    for (const other of pages.children('page').slice(1))
      build.notes.push(`Only one size of large pages is used: ${other.whole().path} is left out.`)
    return {
      kind: 'memory-backend-memfd',
      values: {
        hugetlb: true,
        hugetlbsize: size === undefined ? undefined : `${size}${unitLetter(unit)}`,
        ...values,
      },
      why: 'Large pages of the host hold the guest’s memory, which is faster and is taken from a fixed stock.',
    }
  }
  if (source === 'file')
    return {
      kind: 'memory-backend-file',
      values: {
        'mem-path': `${build.host.vmFolder}/memory`,
        'discard-data': discards ? true : undefined,
        ...values,
      },
      why: 'The guest’s memory is a file in the folder of the VM.',
    }
  if (source === 'memfd' || needsSharing || isShared)
    return {
      kind: 'memory-backend-memfd',
      values,
      why: needsSharing
        ? 'Memory that other programs may read, as shared folders and some networks need it.'
        : 'The guest’s memory is one that other programs may be given.',
    }
  if (Object.values(values).every((value) => value === undefined)) return undefined
  return { kind: 'memory-backend-ram', values, why: 'How the host takes the memory that the guest gets.' }
}

function unitLetter(unit: string): string {
  return /^[kmgt]/i.exec(unit)?.[0].toUpperCase() ?? 'K'
}

/** On which nodes of the host, and how strictly. */
function nodes(memory: Reading | undefined): Options {
  const nodeset = memory?.attr('nodeset')
  const mode = memory?.attr('mode') ?? 'strict'
  memory?.attr('placement')
  if (nodeset === undefined) return {}
  const policy = { strict: 'bind', preferred: 'preferred', interleave: 'interleave', restrictive: 'bind' }[
    mode
  ]
  return {
    'host-nodes': nodeset.includes(',') ? undefined : nodeset,
    policy: nodeset.includes(',') ? undefined : policy,
  }
}

function cellBytes(numa: Reading): number {
  return numa.children('cell').reduce((sum, cell) => sum + (sizeOfCell(cell) ?? 0), 0)
}

function sizeOfCell(cell: Reading): number | undefined {
  const value = number(cell.attr('memory'))
  const unit = cell.attr('unit') ?? 'KiB'
  const power = 'bkmgt'.indexOf(unit.toLowerCase().charAt(0))
  return value === undefined ? undefined : value * 1024 ** Math.max(power, 0)
}

function planCells(build: Build, numa: Reading, backing: Backing | undefined): void {
  for (const [at, cell] of numa.children('cell').entries()) {
    const id = number(cell.attr('id')) ?? at
    const cpus = (cell.attr('cpus') ?? '').split(',').filter((range) => range !== '')
    const share = cell.attr('memAccess') === 'shared' ? { share: true } : {}
    const discard =
      flag(cell.attr('discard')) === true && backing?.kind === 'memory-backend-file'
        ? { 'discard-data': true }
        : {}
    const kind =
      backing?.kind ?? (cell.attr('memAccess') === 'shared' ? 'memory-backend-memfd' : 'memory-backend-ram')
    const memnode = build.domain
      .child('numatune')
      ?.children('memnode')
      .find((node) => node.attr('cellid') === String(id))
    add(
      build,
      `NUMA cell ${id}`,
      'A part of memory and the processors that are near to it.',
      '-object',
      options(kind, {
        id: `ram-node${id}`,
        size: sizeOfCell(cell),
        ...backing?.values,
        ...share,
        ...discard,
        ...nodes(memnode),
      }),
      '-numa',
      [options('node', { nodeid: id }), ...cpus.map((range) => `cpus=${range}`), `memdev=ram-node${id}`].join(
        ',',
      ),
    )
  }
  // cells are there before what lies between them
  for (const [at, cell] of numa.children('cell').entries()) {
    const id = number(cell.attr('id')) ?? at
    for (const sibling of cell.child('distances')?.children('sibling') ?? [])
      add(
        build,
        `NUMA cell ${id}`,
        'How far it is to the memory of another cell.',
        '-numa',
        options('dist', { src: id, dst: number(sibling.attr('id')), val: number(sibling.attr('value')) }),
      )
  }
}

function pluggedBytes(device: Reading): number {
  const size = device.at('target', 'size')
  size?.attr('unit')
  size?.text()
  const model = device.attr('model')
  return model === 'virtio-mem' || model === 'virtio-pmem' || model === 'dimm' || model === 'nvdimm'
    ? (sizeOf(size?.element, 'KiB') ?? 0)
    : 0
}

/** https://libvirt.org/formatdomain.html#memory-devices */
export function planMemoryDevice(build: Build, device: Reading): void {
  const id = idOf(build, device)
  const model = device.attr('model') ?? 'dimm'
  const path = device.textAt('source', 'path')
  const node = number(device.textAt('target', 'node'))
  const size = pluggedBytes(device)
  const access = device.attr('access')
  const of = `memory ${id}`
  if (model === 'sgx-epc') {
    build.notes.push(`${device.whole().path}: memory of SGX enclaves is not set up here.`)
    return
  }
  const shared = model === 'nvdimm' || access === 'shared' ? { share: access !== 'private' } : {}
  const label = device.at('target', 'label', 'size')
  label?.attr('unit')
  label?.text()
  const object =
    path === undefined
      ? options('memory-backend-ram', { id: `mem${id}`, size })
      : options('memory-backend-file', { id: `mem${id}`, 'mem-path': path, size, ...shared })
  const driver = {
    dimm: 'pc-dimm',
    nvdimm: 'nvdimm',
    'virtio-mem': 'virtio-mem-pci',
    'virtio-pmem': 'virtio-pmem-pci',
  }[model]
  const block = device.at('target', 'block')
  block?.attr('unit')
  block?.text()
  const requested = device.at('target', 'requested')
  requested?.attr('unit')
  requested?.text()
  add(
    build,
    of,
    'A piece of memory that can be plugged.',
    '-object',
    object,
    '-device',
    options(driver ?? model, {
      node,
      memdev: `mem${id}`,
      id,
      ...(model === 'nvdimm' ? { 'label-size': sizeOf(label?.element, 'KiB') } : {}),
      ...(model === 'virtio-mem'
        ? { 'block-size': sizeOf(block?.element, 'KiB'), 'requested-size': sizeOf(requested?.element, 'KiB') }
        : {}),
      ...(model.startsWith('virtio') ? build.places.express(device) : {}),
    }),
  )
}
