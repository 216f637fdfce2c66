import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { figuresOf, firstLineOf, nodeScript, type Figures } from '../child'

export interface BenchFleetOptions {
  readonly json: string | undefined
  readonly hosts: number
  readonly domains: number
  readonly seconds: number
}

/**
 * Many hosts with many running VMs each, against our main side as the app runs it and against python3-libvirt asking
 * for the same. The hosts are imitated in a process of their own, as no machine runs fifty thousand guests; what is
 * measured is the client.
 */
export async function benchFleet(options: BenchFleetOptions): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'innkeeper-fleet-'))
  const daemon = nodeScript(path('daemon.ts'), [directory, String(options.hosts), String(options.domains)])
  try {
    await firstLineOf(daemon)
    const seconds = String(options.seconds)
    const innkeeper = await figuresOf(
      nodeScript(path('measure.ts'), [directory, String(options.domains), seconds]),
    )
    const peer = await figuresOf(
      spawn('/usr/bin/python3', [path('peer.py'), directory, seconds], {
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    )
    const result = {
      about: { hosts: options.hosts, domainsPerHost: options.domains, seconds: options.seconds },
      innkeeper,
      'python3-libvirt': peer,
      ratios: {
        cpuPerSample: ratio(perSample(peer), perSample(innkeeper)),
        memory: ratio(peer['rssMegabytes'], innkeeper['rssMegabytes']),
      },
    }
    const text = `${JSON.stringify(result, undefined, 2)}\n`
    process.stdout.write(text)
    if (options.json) await writeFile(options.json, text)
  } finally {
    daemon.stdin?.end()
    await rm(directory, { recursive: true, force: true })
  }
}

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

function perSample(of: Figures): number {
  return (of['cpuMsPerSecond'] ?? Number.NaN) / (of['samplesPerSecond'] ?? Number.NaN)
}

function ratio(peer: number | undefined, ours: number | undefined): number {
  return Math.round(((peer ?? Number.NaN) / (ours ?? Number.NaN)) * 100) / 100
}
