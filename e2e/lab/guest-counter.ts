/** A guest that counts on its serial line, from 1 on at each boot: whether it went on where it was can be told from outside. */
import type { LabHost } from './lab-host'
import { until } from './run'

export class GuestCounter {
  constructor(
    private readonly host: LabHost,
    private readonly vm: string,
  ) {}

  async start(): Promise<void> {
    const tty = /<serial type='pty'>\s*<source path='([^']+)'/.exec(
      await this.host.virsh(['dumpxml', this.vm]),
    )?.[1]
    // the shell takes the first keys for an answer to its question where the cursor is, so it is typed until it is heard
    const line = '[ $on ] || { on=1; at=0; while at=$((at+1)); do echo LAB-COUNT $at.; sleep 0.2; done & }'
    await until('the guest to count', 60_000, async () => {
      await this.host.exec(['bash', '-ec', 'echo "$2" > "$1"', '-', tty ?? 'no terminal', line])
      return (await this.counts()).length > 2
    })
  }

  /** Since the guest was started or restored, which begins a new log. */
  async counts(): Promise<number[]> {
    return [...(await this.host.serialLog(this.vm)).matchAll(/LAB-COUNT (\d+)\./g)].map(([, count]) =>
      Number(count),
    )
  }

  async last(): Promise<number> {
    return (await this.counts()).at(-1) ?? 0
  }

  /** Waits for a restored guest to count, and fails unless it goes on right where it was, without a boot in between. */
  async goesOnFrom(last: number): Promise<void> {
    await until('the guest to count on', 60_000, async () => (await this.counts()).length >= 3)
    const [first = 0] = await this.counts()
    // what it was writing when it stopped may be lost with the old log
    if (first < last || first > last + 50)
      throw new Error(`The guest had counted to ${last} and goes on with ${first}`)
    if ((await this.host.serialLog(this.vm)).includes('LAB-GUEST-READY'))
      throw new Error('The guest has booted anew')
  }
}
