import type { CheckContext, Problem } from './kind'

/** Servers beside the emulator (vhost-user, virtiofs) work in the guest's memory, which has to be shared with them. */
export function sharedMemoryProblem(context: CheckContext, field: string): Problem {
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
      ],
    },
  }
}
