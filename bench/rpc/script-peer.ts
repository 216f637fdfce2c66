import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Cost, Peer } from './peer'

export type ScriptPeerName = 'python3-libvirt' | 'virsh-interactive' | 'virsh-per-query'

const answer = z.object({ wallMs: z.number(), cpuMs: z.number(), seen: z.number() })

/** A peer that lives in peers.py, asked over its standard input. */
export function scriptPeer(name: ScriptPeerName, uri: string): Peer {
  const script = fileURLToPath(new URL('./peers.py', import.meta.url))
  // Debian's own interpreter: that is where python3-libvirt is
  const child = spawn('/usr/bin/python3', [script, name, uri], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let seen = 0
  const ask = async (word: string): Promise<Cost> => {
    child.stdin.write(`${word}\n`)
    const line = await lines.next()
    if (line.done) throw new Error(`${name} ended`)
    const { seen: count, ...cost } = answer.parse(JSON.parse(line.value))
    seen = count
    return cost
  }
  return {
    name,
    get seen() {
      return seen
    },
    connect: () => ask('connect'),
    tick: () => ask('tick'),
    close: async () => {
      child.stdin.end()
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve))
    },
  }
}
