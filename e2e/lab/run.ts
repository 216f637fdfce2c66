// Child processes and waiting, for the lab and its tests.
import { spawn } from 'node:child_process'

export type RunOptions = { input?: string; timeoutMs?: number; env?: NodeJS.ProcessEnv }

/** Runs a program to its end and gives what it printed. Fails with the program's own words on an exit code other than 0. */
export function run(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const [command = '', ...args] = argv
  const timeoutMs = options.timeoutMs ?? 60_000
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
    })
    let out = ''
    let errors = ''
    const deadline = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`${argv.join(' ')}: no end after ${timeoutMs} ms\n${errors}`))
    }, timeoutMs)
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
    child.on('error', (error) => {
      clearTimeout(deadline)
      reject(error)
    })
    child.on('close', (code, signal) => {
      clearTimeout(deadline)
      if (code === 0) resolve(out)
      else reject(new Error(`${argv.join(' ')}: ended with ${signal ?? code}\n${errors || out}`))
    })
    // A program may end without reading its input.
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
  })
}

/** Asks again and again until the answer is neither undefined nor false; fails at the deadline, saying what was awaited. */
export async function until<T>(
  what: string,
  timeoutMs: number,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (Date.now() >= deadline) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
