/** A host as a planned command meets it: what is installed is not asked, so that plans are the same everywhere. */
import type { ArgvSurroundings } from '../argv/plan'

const x86 = { architectures: ['x86_64', 'i686'], machines: [], codeFormat: 'raw', variablesFormat: 'raw' }

export function host(more: Partial<ArgvSurroundings> = {}): ArgvSurroundings {
  return {
    emulator: '/usr/bin/qemu-system-x86_64',
    version: '7.2.22',
    machines: [],
    accelerators: ['tcg'],
    runFolder: '/vms/run/web',
    vmFolder: '/vms/web',
    firmwares: [
      {
        ...x86,
        code: '/usr/share/OVMF/OVMF_CODE_4M.ms.fd',
        variables: '/usr/share/OVMF/OVMF_VARS_4M.ms.fd',
        features: ['secure-boot', 'enrolled-keys', 'requires-smm'],
      },
      {
        ...x86,
        code: '/usr/share/OVMF/OVMF_CODE_4M.fd',
        variables: '/usr/share/OVMF/OVMF_VARS_4M.fd',
        features: ['secure-boot', 'requires-smm'],
      },
      {
        ...x86,
        code: '/usr/share/OVMF/OVMF_CODE.fd',
        variables: '/usr/share/OVMF/OVMF_VARS.fd',
        features: [],
      },
    ],
    ...more,
  }
}
