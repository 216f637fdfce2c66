import { schedule, type Schedule } from '../../../../shared/model/snapshots/schedule'
import type { Rhythm, Weekday } from '../../../../shared/model/snapshots/rhythm'
import type { SnapshotView } from '../../../../shared/model/snapshots/snapshot'

/** All that can be chosen, also what the rhythm that is chosen now has no use for: it comes back with the other one. */
export interface ScheduleForm extends Omit<Schedule, 'rhythm' | 'keep'> {
  readonly rhythm: Rhythm['kind']
  readonly every: Extract<Rhythm, { kind: 'hours' }>['every']
  readonly at: string
  readonly days: readonly Weekday[]
  readonly keep: number | string | undefined
}

export function formOf({ rhythm, ...rest }: Schedule): ScheduleForm {
  return {
    ...rest,
    rhythm: rhythm.kind,
    every: rhythm.kind === 'hours' ? rhythm.every : 6,
    at: rhythm.kind === 'hours' ? '03:00' : rhythm.at,
    days: rhythm.kind === 'weekly' ? rhythm.days : ['Mon'],
  }
}

export interface CheckedForm {
  /** Absent: something is wrong. */
  readonly schedule?: Schedule
  readonly problems: { readonly [field in 'at' | 'days' | 'keep' | 'prefix']?: string | undefined }
}

export function checked({ rhythm, every, at, days, ...rest }: ScheduleForm): CheckedForm {
  const wanted = {
    ...rest,
    rhythm:
      rhythm === 'hours'
        ? { kind: rhythm, every }
        : rhythm === 'daily'
          ? { kind: rhythm, at }
          : { kind: rhythm, days, at },
  }
  const result = schedule.safeParse(wanted)
  if (result.success) return { schedule: result.data, problems: {} }
  const of = (field: string): string | undefined =>
    result.error.issues.find(({ path }) => path.includes(field))?.message
  return {
    problems: {
      at: of('at'),
      days: of('days'),
      keep: typeof rest.keep === 'number' ? of('keep') : 'Give a number',
      prefix: of('prefix'),
    },
  }
}

/** Longer chains are felt; the rules of a VM's snapshots say the same. */
const longChain = 8

/** What is good to know before it goes on for months. */
export function warningsOf({ kind, keep }: ScheduleForm, { snapshots, chains }: SnapshotView): string[] {
  const isInside = kind === 'internal'
  const others = snapshots.filter((one) => (one.kind === 'internal') !== isInside)
  const depth = Math.max(1, ...chains.map(({ files }) => files.length))
  const many = typeof keep === 'number' ? keep : 0
  return [
    ...(others.length > 0
      ? [
          `This VM has snapshots ${isInside ? 'in files of their own' : 'inside its disk images'}. Where both kinds are mixed, an older one can often not be deleted until the newer ones are gone.`,
        ]
      : []),
    ...(!isInside && many + 1 > longChain
      ? [
          `Each snapshot that is kept is a file more that the disk is read through: ${many + 1} with these${depth > 1 ? `, on top of what there is` : ''}. More than ${longChain} are felt.`,
        ]
      : []),
  ]
}
