/**
 * A guest that does a known amount of work when a test wants it, and a host's and a guest's own word of how much it was:
 * what figures of the app are held against.
 */
import { readFile } from 'node:fs/promises'
import { inGuest } from './guest-agent'
import type { LabHost } from './lab-host'
import { run } from './run'

const startedMs = 120_000
const sectorBytes = 512
/** Of utime and stime (proc(5)); always 100 a second for programs. */
const tickNs = 1e7

export class LoadedGuest {
  #address = ''

  constructor(
    private readonly host: LabHost,
    readonly name: string,
  ) {}

  /** With a disk and a card in the network "default", which has to be there and active. */
  async start(): Promise<void> {
    await this.host.defineGuest({ name: this.name, graphics: 'none', disk: true })
    const card = ['--type', 'network', '--source', 'default', '--model', 'virtio']
    await this.host.virsh(['attach-interface', this.name, ...card, '--config'])
    await this.host.virsh(['start', this.name])
    await this.host.waitReady(this.name, startedMs)
    await this.host.waitSerial(this.name, /LAB-NET \w+ [\d.]+/, startedMs)
    this.#address = /LAB-NET \w+ ([\d.]+)/.exec(await this.host.serialLog(this.name))?.[1] ?? ''
  }

  /** Neither it nor its emulator does anything until it goes on. */
  async stand(): Promise<void> {
    await this.host.virsh(['suspend', this.name])
  }

  async goOn(): Promise<void> {
    await this.host.virsh(['resume', this.name])
  }

  /** Keeps its CPU busy for a second or so, longer on a slow machine. */
  async compute(): Promise<void> {
    await this.#inside('dd if=/dev/urandom of=/dev/null bs=1M count=24 2>/dev/null')
  }

  async write(megabytes: number): Promise<void> {
    await this.#inside(`dd if=/dev/zero of=/dev/vda bs=1M count=${megabytes} conv=fsync,notrunc 2>/dev/null`)
  }

  async read(megabytes: number): Promise<void> {
    await this.#inside(
      `echo 3 >/proc/sys/vm/drop_caches; dd if=/dev/vda of=/dev/null bs=1M count=${megabytes} 2>/dev/null`,
    )
  }

  /** The host sends it datagrams, ten megabytes a second. What the guest is too slow for is lost. */
  async receive(megabytes: number): Promise<void> {
    await run([...this.host.netnsPrefix, process.execPath, '-e', sender, this.#address, String(megabytes)], {
      timeoutMs: startedMs,
    })
  }

  /** By the guest's kernel: what its disk was asked for (Documentation/admin-guide/iostats.rst). */
  async disk(): Promise<{
    readBytes: number
    writeBytes: number
    readRequests: number
    writeRequests: number
  }> {
    const fields = (await this.#inside('cat /sys/block/vda/stat')).split(/\s+/).map(Number)
    const [readRequests = 0, , readSectors = 0, , writeRequests = 0, , writeSectors = 0] = fields
    return {
      readRequests,
      writeRequests,
      readBytes: readSectors * sectorBytes,
      writeBytes: writeSectors * sectorBytes,
    }
  }

  /** By the guest's kernel: what has come in through its card. */
  async receivedBytes(): Promise<number> {
    return Number(await this.#inside('cat /sys/class/net/e*/statistics/rx_bytes'))
  }

  /** By the guest's kernel. */
  async memory(): Promise<{ totalBytes: number; availableBytes: number }> {
    const text = await this.#inside('cat /proc/meminfo')
    const bytes = (name: string): number =>
      Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(text)?.[1]) * 1024
    return { totalBytes: bytes('MemTotal'), availableBytes: bytes('MemAvailable') }
  }

  /** By the host's kernel: what the emulator has used of CPUs, all of its threads together. */
  async cpuNs(): Promise<number> {
    const stat = await this.host.exec([
      'sh',
      '-c',
      'cat "/proc/$(cat "/run/libvirt/qemu/$1.pid")/stat"',
      '-',
      this.name,
    ])
    // the command's name is in parentheses and may hold anything
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * tickNs
  }

  #inside(script: string): Promise<string> {
    return inGuest(this.host, this.name, script)
  }
}

/** As of this machine, in which the lab's hosts are as well: "MemTotal" and the like, in bytes. */
export async function machineMemory(name: string): Promise<number> {
  const text = await readFile('/proc/meminfo', 'utf8')
  return Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(text)?.[1]) * 1024
}

const sender = `
  const { createSocket } = require('node:dgram')
  const [address, megabytes] = process.argv.slice(1)
  const block = Buffer.alloc(1400)
  const socket = createSocket('udp4')
  const begun = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.min(Number(megabytes) * 1e6, (performance.now() - begun) * 1e4)
    for (; sent < due; sent += block.length) socket.send(block, 9, address)
    if (sent < Number(megabytes) * 1e6) return
    clearInterval(timer)
    socket.close()
  }, 5)`
