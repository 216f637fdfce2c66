/** A QEMU that runs nothing, asked what it has: a machine of the type "none" is started, answers, and is gone. */
import { AppError } from '../../../../shared/errors'
import type { Link } from '../../../link/link'
import { isObject, type Json, type JsonObject } from '../../../qmp/index'

const limitMs = 30_000

export interface Question {
  readonly execute: string
  readonly arguments?: JsonObject
}

/** Answers in the order of the questions; undefined for what this QEMU does not know. */
export async function askQemu(
  link: Link,
  { path, accelerator }: { readonly path: string; readonly accelerator: string },
  questions: readonly Question[],
): Promise<(Json | undefined)[]> {
  const lines = [
    { execute: 'qmp_capabilities' },
    ...questions.map((question, id) => ({ ...question, id })),
    { execute: 'quit' },
  ]
  const words = ['-S', '-nodefaults', '-no-user-config', '-display', 'none', '-machine', 'none']
  const { stdout, stderr, code } = await link.run(
    ['env', 'LC_ALL=C', path, ...words, '-accel', accelerator, '-qmp', 'stdio'],
    {
      input: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
      signal: AbortSignal.timeout(limitMs),
    },
  )
  const answers: (Json | undefined)[] = questions.map(() => undefined)
  let isGreeted = false
  for (const line of stdout.split('\n')) {
    const message = parsed(line)
    if (!isObject(message)) continue
    isGreeted ||= 'QMP' in message
    const id = message['id']
    if (typeof id === 'number' && id in answers) answers[id] = message['return']
  }
  if (isGreeted) return answers
  throw new AppError('unsupported', 'QEMU on the host does not say what it has', {
    cure: 'See what it says instead; it may be broken or incomplete.',
    detail: stderr.trim() === '' ? `${path} ended with code ${code}` : stderr.trim(),
  })
}

function parsed(line: string): Json | undefined {
  if (line.trim() === '') return undefined
  try {
    return JSON.parse(line) as Json
  } catch {
    return undefined
  }
}
