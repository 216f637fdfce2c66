/** Snapshots of a VM that Innkeeper takes by the clock while it runs, and of which it keeps the newest. */
import { z } from 'zod'
import type { ErrorData } from '../../errors'
import { vmRef } from '../ids'
import { rhythm } from './rhythm'
import type { SnapshotView } from './snapshot'

/** `memory`: beside the images with the memory of a guest that runs; `disks`: beside the images, without it. */
export const scheduledKinds = ['internal', 'disks', 'memory'] as const
export type ScheduledKind = (typeof scheduledKinds)[number]

export const maxKept = 100

export const schedule = z.object({
  isOn: z.boolean(),
  rhythm,
  kind: z.enum(scheduledKinds),
  /** Of the disks alone: the guest's agent settles the file systems first, whenever it answers. */
  quiesce: z.boolean(),
  /** The newest of its own; older ones are deleted. */
  keep: z
    .number()
    .int('Give a whole number')
    .min(1, 'Keep at least one')
    .max(maxKept, `Keep ${maxKept} at most: reading gets slower with each`),
  /** Names begin with it. Held to what neither files, shells nor patterns have to quote. */
  prefix: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/, 'Use up to 32 letters, digits, "-" and "_", a letter first'),
  /** Nothing changes while a VM is off: one snapshot is like the other. */
  whileOff: z.boolean(),
  /** One is taken late for all that were missed while Innkeeper did not run or the host was not connected. */
  makesUp: z.boolean(),
})
export type Schedule = z.output<typeof schedule>

export const setScheduleInput = vmRef.extend({ schedule })
export type SetScheduleInput = z.output<typeof setScheduleInput>

/** `passed-over`: the VM was off, and nothing had changed. */
export const scheduleOutcomes = ['taken', 'failed', 'cancelled', 'missed', 'passed-over'] as const

/** What became of the last time that it was due. */
export interface ScheduleResult {
  readonly atMs: number
  readonly outcome: (typeof scheduleOutcomes)[number]
  /** Of the new snapshot. */
  readonly name?: string
  /** Missed: how often. */
  readonly times?: number
  /** Why it was not taken; with `taken`, why an old one could not be deleted. */
  readonly error?: ErrorData
  /** What is worth knowing of one that was taken: the agent did not answer. */
  readonly note?: string
}

export interface ScheduleView {
  readonly schedule: Schedule
  readonly last?: ScheduleResult
  /** It is due, and this keeps it waiting. */
  readonly waitsFor?: string
  /** Snapshots that it made and may delete, oldest first, as far as it has seen. */
  readonly own: readonly string[]
}

/** What a new schedule is like: of the kind that the VM's snapshots have, so that all can be deleted in any order. */
export function usualSchedule(usual: SnapshotView['usual']): Schedule {
  return {
    isOn: true,
    rhythm: { kind: 'daily', at: '03:00' },
    kind: usual === 'external' ? 'disks' : 'internal',
    quiesce: true,
    keep: 7,
    prefix: 'auto',
    whileOff: false,
    makesUp: true,
  }
}

/** "auto-2026-11-29-0300", and "auto-2026-11-29-0300-2" where that is taken. */
export function scheduledName(prefix: string, atMs: number, taken: ReadonlySet<string>): string {
  const at = new Date(atMs)
  const two = (number: number): string => String(number).padStart(2, '0')
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  const name = `${prefix}-${date}-${two(at.getHours())}${two(at.getMinutes())}`
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : `${name}-${number}`
    if (!taken.has(free)) return free
  }
}

/** Of a snapshot that a schedule made. Whoever changes it, or the name, keeps the snapshot for good. */
export const scheduledDescription =
  'Taken by the schedule in Innkeeper. It is deleted when newer ones take its place; change this text to keep it.'
