/** Limits and shares of a running domain. */
import type { ParameterStep } from '../../../domain-xml/hardware/live-parameters'
import { typedParam, virDomainModificationImpact, type DomainHandle } from '../../../libvirt-rpc/index'
import { changeTimeoutMs, type LibvirtHost } from '../host'

const { VIR_DOMAIN_AFFECT_LIVE: flags } = virDomainModificationImpact

const calls = {
  scheduler: 'DOMAIN_SET_SCHEDULER_PARAMETERS_FLAGS',
  memory: 'DOMAIN_SET_MEMORY_PARAMETERS',
  'disk-time': 'DOMAIN_SET_BLKIO_PARAMETERS',
  'memory-nodes': 'DOMAIN_SET_NUMA_PARAMETERS',
} as const

export async function takeParameterStep(
  { rpc }: LibvirtHost,
  dom: DomainHandle,
  { call, device, parameters }: ParameterStep,
): Promise<void> {
  const params = parameters.map(({ name, type, value }) => typedParam(name, type, value))
  const timeout = { timeoutMs: changeTimeoutMs }
  if (call === 'disk-limits') {
    await rpc.callJob('DOMAIN_SET_BLOCK_IO_TUNE', { dom, disk: device ?? '', params, flags }, timeout)
  } else {
    await rpc.callJob(calls[call], { dom, params, flags }, timeout)
  }
}
