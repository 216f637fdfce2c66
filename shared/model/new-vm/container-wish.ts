/** What the user chose for a container, and what the wizard makes of it. */
import type { ContainerSource } from './container'
import type { PlanProblem } from './new-vm'

export interface ContainerWish {
  readonly what?: 'app' | 'system'
  readonly root?: string
  readonly init?: string
  /** One a line, so that blanks need no quotes. */
  readonly args?: string
  /** NAME=value, one a line. */
  readonly env?: string
  readonly workDir?: string
  readonly hasOwnIds?: boolean
  /** A text is what was typed and is no number. */
  readonly uidStart?: number | string
  readonly gidStart?: number | string
}

export type ShownContainer = Required<ContainerWish>

/** Below it are the users of the host, and the ranges that its own tools hand out begin there (shadow's SUB_UID_MIN). */
const usualStart = 100_000

export function shownContainer(wish: ContainerWish): ShownContainer {
  const what = wish.what ?? 'system'
  return {
    root: '',
    init: what === 'system' ? '/sbin/init' : '/bin/sh',
    args: '',
    env: '',
    workDir: '',
    hasOwnIds: true,
    uidStart: usualStart,
    gidStart: usualStart,
    ...wish,
    what,
  }
}

export function missingOfContainer({ what, root, init, env }: ShownContainer): PlanProblem[] {
  const problems: PlanProblem[] = []
  const miss = (field: string, message: string, cure: string): void => {
    problems.push({ level: 'error', field: `source.${field}`, message, cure })
  }
  if (what === 'system' && root.trim() === '')
    miss('root', 'Choose the folder that has the system', 'It is "/" for the container.')
  if (init.trim() === '')
    miss('init', 'Enter the program to start', 'It is the first in the container, which ends with it.')
  const wrong = linesOf(env).find((line) => !/^[A-Za-z_][A-Za-z0-9_]*=/.test(line))
  if (wrong !== undefined) miss('env', `"${wrong}" sets no variable`, 'Write NAME=value, one a line.')
  return problems
}

/** Checked by the schema afterwards, which is why texts may be left in it. */
export function containerSourceOf(shown: ShownContainer): { [K in keyof ContainerSource]?: unknown } {
  const [root, workDir] = [shown.root.trim(), shown.workDir.trim()]
  return {
    kind: 'container',
    what: shown.what,
    ...(root === '' ? {} : { root }),
    init: shown.init.trim(),
    args: shown.args === '' ? [] : shown.args.split('\n'),
    env: linesOf(shown.env).map((line) => {
      const at = line.indexOf('=')
      return { name: line.slice(0, at), value: line.slice(at + 1) }
    }),
    ...(workDir === '' ? {} : { workDir }),
    ...(shown.hasOwnIds ? { ids: { uidStart: shown.uidStart, gidStart: shown.gidStart } } : {}),
  }
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}
