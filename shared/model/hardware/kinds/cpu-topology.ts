import type { Values } from '../field'
import { isWindows, type CheckContext, type Fix, type Problem } from '../kind'

const page = { kind: 'cpu', key: '' }

/** libvirt refuses a topology that is not the number of virtual CPUs (virDomainDefVcpuValidate). */
export function topologyProblems(values: Values, maximum: number, context: CheckContext): Problem[] {
  const [sockets, dies, clusters, cores, threads] = ['sockets', 'dies', 'clusters', 'cores', 'threads'].map(
    (one) => number(values[one]),
  )
  if (sockets === undefined && cores === undefined && threads === undefined) {
    return isWindows(context) && maximum > 2
      ? [
          {
            severity: 'hint',
            field: 'sockets',
            message:
              'Without a topology every virtual CPU is a socket, and desktop Windows uses at most two sockets',
            fix: oneSocket(maximum),
          },
        ]
      : []
  }
  const inSocket = (dies ?? 1) * (clusters ?? 1) * (cores ?? 1) * (threads ?? 1)
  const product = (sockets ?? 1) * inSocket
  if (product === maximum) {
    return isWindows(context) && (sockets ?? 1) > 2
      ? [
          {
            severity: 'hint',
            field: 'sockets',
            message: 'Desktop Windows uses at most two sockets',
            ...(clusters === undefined || clusters === 1 ? { fix: oneSocket(maximum) } : {}),
          },
        ]
      : []
  }
  const inCore = (dies ?? 1) * (clusters ?? 1) * (threads ?? 1) * (sockets ?? 1)
  const message = `The topology makes ${product} virtual CPUs, but the VM has ${maximum}`
  const fix =
    maximum % inCore === 0
      ? {
          label: `Use ${maximum / inCore} cores per socket`,
          changes: [{ kind: 'set', item: page, values: { cores: maximum / inCore } } as const],
        }
      : { ...oneSocket(maximum), label: `Use one socket with ${maximum} cores` }
  return [{ severity: 'error', field: 'sockets', message, fix }]
}

export function oneSocket(maximum: number): { label: string; changes: Fix[] } {
  return {
    label: 'Use one socket',
    changes: [
      {
        kind: 'set',
        item: page,
        values: { sockets: 1, cores: maximum, threads: 1 },
        unset: ['dies'],
      },
    ],
  }
}

function number(value: Values[string]): number | undefined {
  return typeof value === 'number' ? value : undefined
}
