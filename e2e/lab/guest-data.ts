/** What a running guest has in its memory and on its first disk, as it sees that itself. */
import { inGuest } from './guest-agent'
import type { LabHost } from './lab-host'
import { until } from './run'

const pieceBytes = 65536
/** What is not yet on the disk gets there, and what is read comes from there: nothing is kept in the guest's memory by then. */
const fromDisk = 'sync; echo 3 >/proc/sys/vm/drop_caches'

export class GuestData {
  /** `see`: runs a script inside of the guest, and tells what it writes. */
  constructor(readonly see: (script: string) => Promise<string>) {}

  /** By the agent of a guest that libvirt runs. */
  static byAgent(host: LabHost, vm: string): GuestData {
    return new GuestData((script) => inGuest(host, vm, script))
  }

  async agentAnswers(): Promise<void> {
    const answers = (): Promise<boolean> =>
      this.see('echo up').then(
        (text) => text === 'up',
        () => false,
      )
    await until('the guest agent to answer', 120_000, answers)
  }

  /** A piece of the disk is filled with a word, and is on the disk when this ends. */
  async write(piece: number, word: string): Promise<void> {
    await this.see(
      `yes ${word} | head -c ${pieceBytes} | dd of=/dev/vda bs=${pieceBytes} seek=${piece} conv=fsync 2>/dev/null`,
    )
  }

  /** The word that a piece is filled with; nothing where nobody has written. */
  read(piece: number): Promise<string> {
    return this.see(
      `${fromDisk}; dd if=/dev/vda bs=${pieceBytes} skip=${piece} count=1 2>/dev/null | head -c 12 | head -n 1 | tr -d '\\000'`,
    )
  }

  /** Of the first sixteen pieces. */
  sums(): Promise<string> {
    return this.see(`${fromDisk}; dd if=/dev/vda bs=${pieceBytes} count=16 2>/dev/null | md5sum`)
  }

  /** What a file has on its disk. */
  readFile(path: string): Promise<string> {
    return this.see(`${fromDisk}; cat ${path}`)
  }

  /** From now on the agent notes when it is asked to freeze the file systems, and to thaw them. */
  async noteFreezes(): Promise<void> {
    // outlives the agent that starts it; whether that one still answers does not matter, as the new one is waited for
    const restart = this.see(`
      printf '#!/bin/sh\\necho $1 >>/run/freezes\\n' >/run/freeze-hook
      chmod +x /run/freeze-hook; : >/run/freezes
      PATH=$PATH:/usr/bin:/usr/sbin agent=$(pidof qemu-ga) words=$(tr '\\0' ' ' </proc/$agent/cmdline)
      setsid sh -c "kill $agent; while [ -d /proc/$agent ]; do sleep 0.1; done
        $words -F/run/freeze-hook" >/dev/null 2>&1 &`)
    await restart.catch(() => '')
    await until('the agent to note freezes', 60_000, () =>
      this.see(`tr '\\0' ' ' </proc/$(pidof qemu-ga)/cmdline`).then(
        (words) => words.includes('/run/freeze-hook'),
        () => false,
      ),
    )
  }

  /** What the agent was asked for since then, in order. */
  async freezes(): Promise<readonly string[]> {
    return (await this.see('cat /run/freezes')).split('\n').filter((word) => word !== '')
  }
}
