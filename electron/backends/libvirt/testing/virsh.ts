import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The other client of a host: what the suite does behind our back, and how VMs are put in place. */
export class Virsh {
  constructor(readonly uri: string) {}

  /** One command; rejects with virsh's words. */
  async do(...words: string[]): Promise<string> {
    const { stdout } = await run('virsh', ['-q', '-c', this.uri, ...words])
    return stdout.trim()
  }

  /** Fine when it cannot be done, because there is nothing to do. What it leaves behind shows in the test. */
  async try(...words: string[]): Promise<void> {
    await this.do(...words).catch(() => undefined)
  }

  async has(...words: string[]): Promise<boolean> {
    return this.do(...words).then(
      () => true,
      () => false,
    )
  }
}
