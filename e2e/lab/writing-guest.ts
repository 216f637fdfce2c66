/**
 * A guest that says itself what its disk has, by its agent, and writes to it all the time if wanted. Its first disk has a
 * part that changes only when a test wants it, and another that is written over and over.
 */
import { inGuest } from './guest-agent'
import type { CommandHost } from './held-copy'
import type { LabHost } from './lab-host'

/** In mebibytes from the beginning of the disk. */
const still = { from: 8, count: 16 }
/** One mebibyte, behind what is still. */
const livelyMegabyte = 40
const startedMs = 120_000

const upToDate = 'sync; echo 3 >/proc/sys/vm/drop_caches'

export class WritingGuest {
  readonly #inside: (script: string) => Promise<string>

  /** `see`: runs a script inside of it, and tells what it writes. */
  constructor(
    readonly name: string,
    see: (script: string) => Promise<string>,
  ) {
    this.#inside = see
  }

  /** By the agent of a guest that libvirt runs. */
  static byAgent(host: LabHost, name: string): WritingGuest {
    return new WritingGuest(name, (script) => inGuest(host, name, script))
  }

  /** One that libvirt runs, with this image as its disk and something on it. */
  static async start(host: LabHost, name: string, image: string): Promise<WritingGuest> {
    // pools of the tests may be in memory, which takes no direct writes
    await host.defineGuest({ name, graphics: 'none', diskPath: image, isDiskCached: true })
    await host.virsh(['start', name])
    await host.waitReady(name, startedMs)
    const guest = WritingGuest.byAgent(host, name)
    await guest.fill()
    return guest
  }

  /** Puts something on its disk. */
  fill(): Promise<void> {
    return this.change(0, still.count)
  }

  /** Writes so much of the part that is still, anew; ends when the disk has it. */
  async change(fromMegabyte: number, count: number): Promise<void> {
    await this.#inside(
      `dd if=/dev/urandom of=/dev/vda bs=1M seek=${still.from + fromMegabyte} count=${count} conv=fsync,notrunc`,
    )
  }

  /** The sum of the part that is still, as the guest reads it from its disk. */
  sum(): Promise<string> {
    return this.#inside(
      `${upToDate}; dd if=/dev/vda bs=1M skip=${still.from} count=${still.count} 2>/dev/null | md5sum`,
    )
  }

  /** The same of all of the disk. */
  wholeSum(): Promise<string> {
    return this.#inside(`${upToDate}; md5sum </dev/vda`)
  }

  /** From now on it writes, each time something else. */
  async beginWriting(): Promise<void> {
    await this.#inside(`
      touch /run/writing; echo 0 >/run/rounds
      ( round=0
        while [ -e /run/writing ]; do
          dd if=/dev/urandom of=/run/block bs=64k count=16
          dd if=/run/block of=/dev/vda bs=1M seek=${livelyMegabyte} conv=fsync,notrunc || break
          round=$((round + 1)); echo $round >/run/rounds
        done
        touch /run/ended ) >/dev/null 2>&1 &`)
    await this.writesOn()
  }

  /** Ends when it has written once more, all of it after this was asked. */
  async writesOn(): Promise<void> {
    const said = await this.#inside(`
      first=$(cat /run/rounds); tries=0
      while [ $(($(cat /run/rounds) - first)) -lt 2 ] && [ $tries -lt 200 ]; do usleep 100000; tries=$((tries + 1)); done
      [ $(($(cat /run/rounds) - first)) -ge 2 ] && echo on`)
    if (said !== 'on') throw new Error(`${this.name} does not write any more`)
  }

  /** Stops it, and says whether the disk has what was written last. */
  async endWriting(): Promise<boolean> {
    const said = await this.#inside(`
      rm /run/writing; while [ ! -e /run/ended ]; do usleep 50000; done; rm /run/ended
      ${upToDate}
      dd if=/dev/vda bs=1M skip=${livelyMegabyte} count=1 2>/dev/null | cmp - /run/block && echo same`)
    return said === 'same'
  }
}

/** What a guest would read of an image, as `wholeSum` tells it. A guest that has it must not write meanwhile. */
export function sumOfImage(host: CommandHost, path: string): Promise<string> {
  return readImage(host, path, 'md5sum <"$1"')
}

/** The same as `sum` tells it. */
export function stillSumOfImage(host: CommandHost, path: string): Promise<string> {
  return readImage(
    host,
    path,
    `dd if="$1" bs=1M skip=${still.from} count=${still.count} 2>/dev/null | md5sum`,
  )
}

async function readImage(host: CommandHost, path: string, read: string): Promise<string> {
  const script = `
    image=$1; set -- "$(mktemp)"
    qemu-img convert -U -O raw "$image" "$1"
    ${read}
    rm "$1"`
  return (await host.exec(['bash', '-ec', script, '-', path], { timeoutMs: 60_000 })).trim()
}
