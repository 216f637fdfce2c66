/** The shell on the first serial line of a guest: what the guest itself sees. */
import type { VmId } from '../../../../shared/model/ids'
import type { HypervisorSession } from '../../backend'
import { calm } from '../../suite/expect-kind'
import { Reader } from '../../suite/text-consoles.suite'

const promptMs = 500

export class SerialShell {
  #reader: Reader | undefined
  #count = 0

  constructor(
    private readonly session: HypervisorSession,
    private readonly vm: VmId,
  ) {}

  /** What the script writes; its exit code does not matter. */
  async see(script: string): Promise<string> {
    const reader = await this.#open()
    this.#count += 1
    const mark = `${this.#count}-mark`
    // what is typed comes back as well, and must not look like the marks
    reader.type(
      `echo beg""in-${mark}; echo ${Buffer.from(script).toString('base64')} | base64 -d | sh | sed 's/^/said: /'; echo e""nd-${mark}\r`,
    )
    await reader.until(new RegExp(`begin-${mark}\r\n`))
    const { input } = await reader.until(new RegExp(`end-${mark}\r`))
    // the system writes there, too
    const lines = input.slice(0, input.indexOf(`end-${mark}`)).split('\r\n')
    return lines
      .flatMap((line) => (line.startsWith('said: ') ? [line.slice('said: '.length)] : []))
      .join('\n')
      .trim()
  }

  close(): void {
    this.#reader?.stream.destroy()
  }

  /** Anew after each start of the VM. The shell begins a moment after the guest says that it is ready. */
  async #open(): Promise<Reader> {
    if (this.#reader?.stream.destroyed === false) return this.#reader
    const [line] = await this.session.textConsoles.textDevices(this.vm)
    const wish = { device: line?.id ?? '', isForced: false }
    const reader = new Reader(await this.session.textConsoles.openText(this.vm, wish, calm().signal))
    this.#reader = reader
    const typing = setInterval(() => reader.type('\r'), promptMs)
    try {
      await reader.until(/# /)
    } finally {
      clearInterval(typing)
    }
    return reader
  }
}
