// There is one lab on a machine, and one test run has it at a time. The lock is a process that ends, and takes the lab
// down, when the run lets go of it or dies: see host/hold.sh.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const holdScript = fileURLToPath(new URL('./host/hold.sh', import.meta.url))

export type LabLock = {
  /** Takes down what there is, and keeps the lock. */
  clear(): Promise<void>
  /** Lets go. "down" takes the lab down first, "keep" leaves it running. */
  release(how: 'down' | 'keep'): Promise<void>
}

export async function takeLabLock(stateDirectory: string, timeoutMs: number): Promise<LabLock> {
  const seconds = String(Math.ceil(timeoutMs / 1000))
  const holder = spawn(holdScript, [stateDirectory, seconds], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Its own process group, so that Ctrl+C in the terminal reaches the run only and the holder can still clean up.
    detached: true,
  })
  const ended = new Promise<number | null>((resolve) => holder.on('close', resolve))
  const lines = createInterface(holder.stdout)[Symbol.asyncIterator]()
  const say = (word: string) => holder.stdin.write(`${word}\n`)

  const first = (await lines.next()).value as string | undefined
  if (first !== 'held') {
    const pid = first?.startsWith('busy ') ? first.slice(5) : undefined
    throw new Error(
      pid
        ? `the lab is still in use by process ${pid} after ${seconds} s`
        : 'the process that holds the lab did not start',
    )
  }
  // The run may end without letting go; the holder then sees the end of its input.
  holder.unref()
  ;(holder.stdin as unknown as { unref(): void }).unref()
  ;(holder.stdout as unknown as { unref(): void }).unref()
  const awake = async <T>(work: () => Promise<T>): Promise<T> => {
    holder.ref()
    ;(holder.stdout as unknown as { ref(): void }).ref()
    try {
      return await work()
    } finally {
      holder.unref()
      ;(holder.stdout as unknown as { unref(): void }).unref()
    }
  }

  return {
    clear: () =>
      awake(async () => {
        say('down')
        if ((await lines.next()).value !== 'down') throw new Error('the lab could not be taken down wholly')
      }),
    release: (how) =>
      awake(async () => {
        if (how === 'keep') say('keep')
        holder.stdin.end()
        if ((await ended) !== 0) throw new Error('the lab could not be taken down wholly')
      }),
  }
}
