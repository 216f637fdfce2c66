import { AppError } from '../../shared/errors'
import type { HostId, TaskId, VmId } from '../../shared/model/ids'
import type { HypervisorSession } from '../backends/backend'
import type { TaskContext, TaskList, TaskStart } from '../tasks/task-list'

export interface SessionHosts {
  get(host: HostId): HypervisorSession
}

/** The session of a host that may be changed; `denied` for one that is only looked at. */
export function writable(hosts: SessionHosts, host: HostId): HypervisorSession {
  const session = hosts.get(host)
  if (!session.info.isReadOnly) return session
  throw new AppError('denied', 'This connection is read-only', {
    cure: 'To change anything, edit the host and untick "Only look: connect read-only".',
  })
}

/** Work that is shown as a task and whose answer, or error, goes to whoever asked as well. */
export function asTaskWithAnswer<T>(
  tasks: TaskList,
  start: TaskStart,
  work: (context: TaskContext) => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    tasks.run(start, async (context) => {
      try {
        resolve(await work(context))
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)))
        throw error
      }
    })
  })
}

/** What a user does to a host as a task; `words` are those of the equal virsh command, `command` is another one. */
export interface HostWork {
  readonly kind: string
  readonly title: string
  readonly canCancel?: boolean
  readonly words?: readonly string[]
  readonly command?: string | undefined
  readonly vm?: VmId
}

export function runOnHost(
  { hosts, tasks }: { readonly hosts: SessionHosts; readonly tasks: TaskList },
  host: HostId,
  { words, command: other, ...start }: HostWork,
  work: (session: HypervisorSession, context: TaskContext) => Promise<void>,
): TaskId {
  const session = writable(hosts, host)
  const command = words === undefined ? other : session.virsh(words)
  return tasks.run({ ...start, host, command }, (context) => work(session, context))
}
