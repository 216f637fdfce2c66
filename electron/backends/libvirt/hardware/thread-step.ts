/** Threads of a running domain: on which CPUs of the host they run, and I/O threads that come and go. */
import { numbersOf } from '../../../../shared/model/hardware/cpu-set'
import type { ThreadStep } from '../../../domain-xml/hardware/live-threads'
import { virDomainModificationImpact, type DomainHandle } from '../../../libvirt-rpc/index'
import { changeTimeoutMs, readTimeoutMs, type LibvirtHost } from '../host'

const { VIR_DOMAIN_AFFECT_LIVE: flags } = virDomainModificationImpact
const timeout = { timeoutMs: changeTimeoutMs }

export async function takeThreadStep(host: LibvirtHost, dom: DomainHandle, step: ThreadStep): Promise<void> {
  const { rpc } = host
  switch (step.kind) {
    case 'add-io-thread':
      await rpc.callJob('DOMAIN_ADD_IOTHREAD', { dom, iothread_id: step.number, flags }, timeout)
      return
    case 'remove-io-thread':
      await rpc.callJob('DOMAIN_DEL_IOTHREAD', { dom, iothread_id: step.number, flags }, timeout)
      return
    case 'pin':
      return pin(host, dom, step)
  }
}

async function pin(
  host: LibvirtHost,
  dom: DomainHandle,
  step: Extract<ThreadStep, { kind: 'pin' }>,
): Promise<void> {
  const cpumap = await cpuMap(host, step.cpus)
  switch (step.what) {
    case 'vcpu':
      await host.rpc.callJob('DOMAIN_PIN_VCPU_FLAGS', { dom, vcpu: step.number, cpumap, flags }, timeout)
      return
    case 'io-thread':
      await host.rpc.callJob(
        'DOMAIN_PIN_IOTHREAD',
        { dom, iothreads_id: step.number, cpumap, flags },
        timeout,
      )
      return
    case 'emulator':
      await host.rpc.callJob('DOMAIN_PIN_EMULATOR', { dom, cpumap, flags }, timeout)
  }
}

/** One bit for each CPU of the host, the first in the lowest bit of the first byte (VIR_USE_CPU). */
async function cpuMap(host: LibvirtHost, cpus: string | undefined): Promise<Uint8Array> {
  const wanted = cpus === undefined ? await allCpus(host) : (numbersOf(cpus) ?? [])
  const map = new Uint8Array(Math.floor((wanted.at(-1) ?? 0) / 8) + 1)
  for (const cpu of wanted) {
    const at = cpu >> 3
    map[at] = (map[at] ?? 0) | (1 << (cpu & 7))
  }
  return map
}

async function allCpus(host: LibvirtHost): Promise<number[]> {
  const { ret: count } = await host.rpc.call(
    'NODE_GET_CPU_MAP',
    { need_map: 0, need_online: 0, flags: 0 },
    { timeoutMs: readTimeoutMs },
  )
  return Array.from({ length: count }, (_, cpu) => cpu)
}
