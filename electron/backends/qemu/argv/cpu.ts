/** Processor model, its features, and how many there are: https://libvirt.org/formatdomain.html#cpu-model-and-topology */
import { add, type Build } from './build'
import { number, options } from './options'
import type { Reading } from './reading'

export function planCpu(build: Build): void {
  const cpu = build.domain.child('cpu')
  const model = modelOf(build, cpu)
  const flags = [...featureFlags(cpu), ...timerFlags(build), ...build.cpuFlags]
  const base = model ?? (flags.length > 0 && build.machine.isX86 ? usualModel(build) : undefined)
  if (base !== undefined)
    add(build, 'processor', whyModel(cpu?.attr('mode'), base), '-cpu', [base, ...flags].join(','))
  else if (flags.length > 0)
    build.notes.push(
      'Features of the processor are left out, as the definition names no model for this architecture.',
    )
  planCount(build, cpu)
}

function usualModel({ machine }: Build): string {
  return machine.architecture === 'i686' ? 'qemu32' : 'qemu64'
}

function whyModel(mode: string | undefined, model: string): string {
  if (model === 'host' || model.startsWith('host,'))
    return 'The guest sees the processor of the host as it is.'
  if (model === 'max') return 'The guest sees everything that can be given to it here.'
  return mode === undefined
    ? 'The usual processor, with the features that the definition sets.'
    : `The guest sees a processor of the type ${model}.`
}

function modelOf(build: Build, cpu: Reading | undefined): string | undefined {
  if (!cpu) return undefined
  const mode = cpu.attr('mode') ?? (cpu.element.children('model').length > 0 ? 'custom' : undefined)
  // these say how libvirt compares; QEMU is told by "enforce" that nothing may be missing
  const match = cpu.attr('match')
  cpu.attr('check')
  if (match === 'strict') build.cpuFlags.push('enforce=on')
  const migratable = cpu.attr('migratable')
  if (mode === 'host-passthrough' || mode === 'host-model') {
    const model = cpu.child('model')
    model?.attr('fallback')
    if (mode === 'host-model' && build.isKvm)
      build.notes.push(
        'The processor “like the host’s” is the host’s itself here, as only libvirt takes it apart.',
      )
    if (build.isKvm) return migratable === 'off' ? 'host,migratable=off' : 'host'
    return 'max'
  }
  if (mode === 'maximum') return 'max'
  const model = cpu.child('model')
  const name = model?.text()
  model?.attr('fallback')
  const vendorId = model?.attr('vendor_id')
  if (vendorId !== undefined) build.cpuFlags.push(options(undefined, { vendor: vendorId }))
  // the model brings the maker's name
  cpu.textAt('vendor')
  return name
}

function featureFlags(cpu: Reading | undefined): string[] {
  const flags = (cpu?.children('feature') ?? []).flatMap((feature) => {
    const name = feature.attr('name')
    const policy = feature.attr('policy') ?? 'require'
    if (name === undefined || policy === 'optional') return []
    return [options(undefined, { [name]: policy === 'require' || policy === 'force' })]
  })
  const cache = cpu?.child('cache')
  const mode = cache?.attr('mode')
  cache?.attr('level')
  if (mode === 'passthrough') flags.push('host-cache-info=on')
  if (mode === 'emulate') flags.push('l3-cache=on')
  if (mode === 'disable') flags.push('host-cache-info=off', 'l3-cache=off')
  const physical = cpu?.child('maxphysaddr')
  const bits = number(physical?.attr('bits'))
  if (physical?.attr('mode') === 'passthrough')
    flags.push('host-phys-bits=on', ...(bits === undefined ? [] : [`host-phys-bits-limit=${bits}`]))
  else if (bits !== undefined) flags.push(`phys-bits=${bits}`)
  return flags
}

/** Clocks that are part of the processor. */
function timerFlags(build: Build): string[] {
  return (build.domain.child('clock')?.children('timer') ?? []).flatMap((timer) => {
    const present = timer.attr('present') !== 'no'
    switch (timer.attr('name')) {
      case 'kvmclock':
        return [`kvmclock=${present ? 'on' : 'off'}`]
      case 'hypervclock':
        return [`hv-time=${present ? 'on' : 'off'}`]
      case 'tsc': {
        const frequency = number(timer.attr('frequency'))
        return frequency === undefined ? [] : [`tsc-frequency=${frequency}`]
      }
      default:
        return []
    }
  })
}

function planCount(build: Build, cpu: Reading | undefined): void {
  const vcpu = build.domain.child('vcpu')
  const maximum = number(vcpu?.text()) ?? 1
  const current = number(vcpu?.attr('current')) ?? maximum
  const topology = cpu?.child('topology')
  const part = (name: string): number | undefined => number(topology?.attr(name))
  // each as a socket of its own, as libvirt does without a topology
  const shape = topology
    ? {
        sockets: part('sockets'),
        dies: part('dies'),
        clusters: part('clusters'),
        cores: part('cores'),
        threads: part('threads'),
      }
    : { sockets: maximum, cores: 1, threads: 1 }
  add(
    build,
    'processors',
    current === maximum
      ? `How many processors the guest has: ${maximum}.`
      : `The guest starts with ${current} processors and may be given ${maximum}.`,
    '-smp',
    options(String(current), current === maximum ? shape : { maxcpus: maximum, ...shape }),
  )
}
