import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/**
 * What the app's end, however it comes, is followed by. The app holds the other end of standard input. Without "--",
 * which the kill of some shells (dash) takes for a process.
 */
const watchScript = `#!/bin/sh
read -r _
kill -TERM "-$1" 2>/dev/null
rm -rf -- "\${0%/*}"
`

/** How long ssh may take for its farewell. */
const farewellMs = 2000

/**
 * One ssh in the background. It leads a process group of its own, which the helpers it starts belong to (questions,
 * ProxyCommand), has no terminal it could ask on, and does not outlive the app.
 */
export class SshProcess {
  readonly stderr: Readable
  /** Settles when it has ended and everything it said was read; undefined when a signal ended it. */
  readonly ended: Promise<number | undefined>
  readonly #child: ChildProcess
  readonly #watch: ChildProcess
  #isOver = false

  private constructor(child: ChildProcess, stderr: Readable, watch: ChildProcess) {
    this.#child = child
    this.#watch = watch
    this.stderr = stderr
    // 'close' waits for the last holder of the pipe, which may be a helper that was left behind
    this.ended = new Promise((resolve) => {
      child.once('exit', () => {
        this.#isOver = true
        this.#signalGroup('SIGTERM')
        watch.kill('SIGKILL')
      })
      child.once('close', (code) => resolve(code ?? undefined))
    })
  }

  /** Rejects with the system's error when the program cannot be started. */
  static async start(
    program: string,
    words: readonly string[],
    options: { readonly folder: string; readonly env: NodeJS.ProcessEnv },
  ): Promise<SshProcess> {
    const watchFile = join(options.folder, 'watch')
    await writeFile(watchFile, watchScript, { mode: 0o600, flag: 'wx' })
    const child = spawn(program, words, {
      env: options.env,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
      windowsHide: true,
    })
    await once(child, 'spawn')
    child.on('error', () => undefined)
    const watch = spawn('/bin/sh', [watchFile, String(child.pid)], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    watch.on('error', () => undefined)
    watch.stdin?.on('error', () => undefined)
    return new SshProcess(child, child.stderr, watch)
  }

  /** Ends it and all it started; never throws. */
  async stop(): Promise<void> {
    if (!this.#isOver) this.#child.kill('SIGTERM')
    const timer = setTimeout(() => {
      this.#child.kill('SIGKILL')
      this.#signalGroup('SIGKILL')
      this.stderr.destroy()
    }, farewellMs)
    await this.ended
    clearTimeout(timer)
    if (this.#watch.pid !== undefined && this.#watch.exitCode === null && this.#watch.signalCode === null) {
      await once(this.#watch, 'exit')
    }
  }

  #signalGroup(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return
    try {
      process.kill(-this.#child.pid, signal)
    } catch {
      // nobody is left in it
    }
  }
}
