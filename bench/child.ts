/** Parts of a bench that run in processes of their own, and what they print: one line, as JSON. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

export type Figures = Readonly<Record<string, number | undefined>>

export function nodeScript(
  path: string,
  args: readonly string[],
  options: readonly string[] = [],
): ChildProcess {
  return spawn(process.execPath, [...options, ...process.execArgv, path, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

export async function firstLineOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output')
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error(`a part of the bench ended with ${child.exitCode}`)
}

export async function figuresOf(child: ChildProcess): Promise<Figures> {
  return JSON.parse(await firstLineOf(child)) as Figures
}
