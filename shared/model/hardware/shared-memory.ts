import type { Row } from './field'
import { valuesOf, type CheckContext, type HardwareContext, type Problem } from './kind'

/** NUMA cells say it each for itself, and by the memory's own setting where they do not. */
export function hasSharedMemory(context: HardwareContext): boolean {
  const { backingAccess } = valuesOf(context, 'memory')
  const cells = cellsOf(context)
  return cells.length === 0
    ? backingAccess === 'shared'
    : cells.every(({ access }) => (access ?? backingAccess) === 'shared')
}

/** Servers beside the emulator (vhost-user, virtiofs) work in the guest's memory, which has to be shared with them. */
export function sharedMemoryProblem(context: CheckContext, field: string): Problem {
  const cells = cellsOf(context)
  const isAnyPrivate = cells.some(({ access }) => access !== undefined && access !== 'shared')
  return {
    severity: 'error',
    message: 'This needs memory that the guest shares with other programs of the host',
    field,
    ...(context.self === undefined ? {} : { item: context.self }),
    fix: {
      label: 'Share the memory',
      changes: [
        {
          kind: 'set',
          item: { kind: 'memory', key: '' },
          values: { backingSource: 'memfd', backingAccess: 'shared' },
        },
        ...(isAnyPrivate
          ? [
              {
                kind: 'set' as const,
                item: { kind: 'numa', key: '' },
                values: { cells: cells.map((cell) => ({ ...cell, access: 'shared' })) },
              },
            ]
          : []),
      ],
    },
  }
}

function cellsOf(context: HardwareContext): readonly Row[] {
  const { cells } = valuesOf(context, 'numa')
  return Array.isArray(cells) ? (cells as readonly Row[]) : []
}
