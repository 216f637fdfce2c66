/** Starts a command of QEMU as far as its first instruction, asks how it is, and ends it. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** What QEMU said of itself, or what it said on standard error when it did not start. */
const longestMs = 60_000

export async function startStopped(
  program: string,
  words: readonly string[],
): Promise<{ readonly status?: string; readonly stderr: string; readonly answers: readonly unknown[] }> {
  const child = spawn(program, [...words, '-S', '-qmp', 'stdio'], { stdio: ['pipe', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  // one that waits for something that never comes has not started
  const limit = setTimeout(() => {
    stderr += 'It was ended, as it did not answer for a minute'
    child.kill('SIGKILL')
  }, longestMs)
  // a program that ended closes its input
  child.stdin.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  let status: string | undefined
  const answers: unknown[] = []
  const lines = createInterface({ input: child.stdout })
  const send = (execute: string): void => void child.stdin.write(`${JSON.stringify({ execute })}\n`)
  let asked = 0
  const questions = ['query-status', 'query-block', 'query-chardev', 'quit']
  lines.on('line', (line) => {
    const message = JSON.parse(line) as { QMP?: unknown; return?: { status?: string }; error?: unknown }
    if (message.QMP !== undefined) return send('qmp_capabilities')
    if (message.return === undefined && message.error === undefined) return
    if (message.return?.status !== undefined) status = message.return.status
    answers.push(message.return)
    const next = questions[asked]
    asked += 1
    if (next !== undefined) send(next)
  })
  await ended
  clearTimeout(limit)
  return { ...(status === undefined ? {} : { status }), stderr, answers }
}
