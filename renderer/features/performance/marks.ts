import type { VmRef } from '../../../shared/model/ids'
import type { Task } from '../../../shared/model/task'
import type { VmEvent, VmEventKind } from '../../../shared/model/vm-events'
import type { Span } from './time-view'

/** What happened, on the time axis: a moment, or work that took a while. */
export interface Mark {
  readonly id: string
  readonly tone: 'start' | 'stop' | 'plain' | 'work'
  readonly text: string
  readonly fromMs: number
  /** Of work; it goes on while this is the present. */
  readonly toMs?: number
}

const eventTexts: Record<VmEventKind, readonly [tone: Mark['tone'], text: string]> = {
  started: ['start', 'Started'],
  stopped: ['stop', 'Stopped'],
  crashed: ['stop', 'Crashed'],
  paused: ['stop', 'Paused'],
  resumed: ['start', 'Resumed'],
}

/** Work that weighs on a guest and its disks while it lasts. */
const workKinds = /^(vm\.(migrate|export|clone)|disk\.(move|flatten|merge)|backup\.|snapshot\.)/

export function marksOf(
  ref: VmRef,
  events: readonly VmEvent[],
  tasks: readonly Task[],
  span: Span,
  nowMs: number,
): Mark[] {
  const moments = events.map(({ atMs, kind }): Mark => {
    const [tone, text] = eventTexts[kind]
    return { id: `${kind} ${atMs}`, tone, text, fromMs: atMs }
  })
  const work = tasks
    .filter((task) => isOf(task, ref) && workKinds.test(task.kind))
    .map((task) => ofTask(task, nowMs))
  return [...moments, ...work]
    .filter(({ fromMs, toMs = fromMs }) => toMs >= span.fromMs && fromMs <= span.toMs)
    .toSorted((a, b) => a.fromMs - b.fromMs)
}

function ofTask(task: Task, nowMs: number): Mark {
  const outcome = { running: '', succeeded: '', failed: ', failed', cancelled: ', cancelled' }[task.state]
  return {
    id: task.id,
    tone: 'work',
    text: `${task.title}${outcome}`,
    fromMs: task.startedAtMs,
    toMs: task.endedAtMs ?? nowMs,
  }
}

/** A VM that has moved is the same one. */
function isOf(task: Task, { host, vm }: VmRef): boolean {
  if (task.host !== host && task.movesTo !== host) return false
  return task.vm === vm || task.vms?.includes(vm) === true
}
