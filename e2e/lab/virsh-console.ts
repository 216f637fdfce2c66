/** `virsh console` as a person at a terminal runs it: it wants one, so it runs on a pseudo-terminal of script(1). */
import { spawn, type ChildProcess } from 'node:child_process'
import type { LabHost } from './lab-host'
import { until } from './run'

export class VirshConsole {
  readonly #child: ChildProcess
  #text = ''
  #isOver = false

  /** Ends when virsh says that it has the line. */
  static async open(
    host: LabHost,
    vm: string,
    options: readonly ('--force' | '--safe')[] = [],
  ): Promise<VirshConsole> {
    const console = new VirshConsole(host, vm, options)
    await until(`virsh on the line of ${vm}`, 30_000, async () =>
      console.text.includes('Escape character is'),
    )
    return console
  }

  private constructor(host: LabHost, vm: string, options: readonly string[]) {
    this.#child = spawn(
      'script',
      ['-qfec', 'exec virsh -c "$LAB_URI" console "$LAB_VM" $LAB_OPTIONS', '/dev/null'],
      { env: { ...process.env, LAB_URI: host.uri(), LAB_VM: vm, LAB_OPTIONS: options.join(' ') } },
    )
    this.#child.stdout?.on('data', (bytes: Buffer) => {
      this.#text += bytes.toString('utf8')
    })
    this.#child.on('close', () => {
      this.#isOver = true
    })
  }

  get text(): string {
    return this.#text
  }

  get isOver(): boolean {
    return this.#isOver
  }

  type(text: string): void {
    this.#child.stdin?.write(text)
  }

  /** As a person who presses Ctrl+]. */
  async leave(): Promise<void> {
    if (!this.#isOver) this.type('\x1d')
    await until('the end of virsh', 30_000, async () => this.#isOver)
  }
}
