/** CPUs of hosts and guests, compared by the daemon, which knows the models (https://libvirt.org/formatdomain.html#cpu-model-and-topology). */
import {
  virCPUCompareResult as results,
  virConnectBaselineCPUFlags as flags,
} from '../../../libvirt-rpc/index'
import type { CpuFit, EmulatorOf } from '../../migration-session'
import type { LibvirtHost } from '../host'
import { unlessRefused } from '../unless-refused'

/** The first question about an emulator makes the daemon start it. */
const probing = { timeoutMs: 25_000 }

export async function compareCpu(
  { rpc }: LibvirtHost,
  xmlCPU: string,
  of: EmulatorOf,
): Promise<CpuFit | undefined> {
  const answer = await unlessRefused(
    rpc.call('CONNECT_COMPARE_HYPERVISOR_CPU', { ...emulator(of), xmlCPU, flags: 0 }, probing),
  )
  if (answer?.result === results.VIR_CPU_COMPARE_INCOMPATIBLE) return 'incompatible'
  if (answer?.result === results.VIR_CPU_COMPARE_IDENTICAL) return 'identical'
  return answer?.result === results.VIR_CPU_COMPARE_SUPERSET ? 'superset' : undefined
}

export async function commonCpu(
  { rpc }: LibvirtHost,
  xmlCPUs: readonly string[],
  of: EmulatorOf,
): Promise<string | undefined> {
  const args = { ...emulator(of), xmlCPUs: [...xmlCPUs], flags: flags.VIR_CONNECT_BASELINE_CPU_MIGRATABLE }
  return (await unlessRefused(rpc.call('CONNECT_BASELINE_HYPERVISOR_CPU', args, probing)))?.cpu
}

/** The machine is left to the host: its name may be one that only the other has. */
function emulator({ architecture, virtType }: EmulatorOf): {
  emulator: null
  arch: string
  machine: null
  virttype: string
} {
  return { emulator: null, arch: architecture, machine: null, virttype: virtType }
}
