/** What the host is, in one command. */
import { AppError } from '../../../shared/errors'
import type { HostInfo } from '../../../shared/model/host'
import type { Link } from '../../link/link'

const limitMs = 15_000
/** A line each: system, architecture, name, CPUs, memory in KiB, model of the CPU, the usual folder of VMs. */
const script = `
uname -s; uname -m; uname -n
getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1
sed -n 's/^MemTotal: *\\([0-9]*\\) kB$/\\1/p' /proc/meminfo 2>/dev/null | head -n 1
sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1
printf '%s\\n' "\${XDG_DATA_HOME:-$HOME/.local/share}/innkeeper/vms"`

export interface FoundHost {
  readonly info: Omit<HostInfo, 'connectedUri' | 'isReadOnly' | 'hypervisorVersion'>
  readonly usualRoot: string
}

export async function readHost(link: Link): Promise<FoundHost> {
  const { stdout } = await link.run(['env', 'LC_ALL=C', 'sh', '-c', script], {
    signal: AbortSignal.timeout(limitMs),
    maxBytes: 64 * 1024,
  })
  const lines = stdout.split('\n')
  const [system = '', architecture = '', hostname = '', cpus = '1', memory = '0'] = lines
  if (system !== 'Linux') {
    throw new AppError(
      'unsupported',
      `VMs without libvirt are managed on Linux only; this host says "${system.slice(0, 40)}"`,
      {
        cure: 'Use a host that runs Linux.',
      },
    )
  }
  // a processor without a name leaves its line out
  const usualRoot = lines.findLast((line) => line.endsWith('/innkeeper/vms')) ?? ''
  const model = lines.length > 7 ? (lines[5] ?? '') : ''
  return {
    info: {
      hostname,
      hypervisor: 'QEMU',
      architecture,
      cpuModel: model === '' ? architecture : model,
      cpuCount: Math.max(1, Number(cpus) || 1),
      memoryBytes: (Number(memory) || 0) * 1024,
    },
    usualRoot,
  }
}
