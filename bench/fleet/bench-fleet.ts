import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

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
  const daemon = node('daemon.ts', [directory, String(options.hosts), String(options.domains)])
  try {
    await firstLine(daemon)
    const seconds = String(options.seconds)
    const innkeeper = await figures(node('measure.ts', [directory, String(options.domains), seconds]))
    const peer = await figures(
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

type Figures = Readonly<Record<string, number | undefined>>

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

function node(script: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...process.execArgv, path(script), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output')
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error(`a part of the bench ended with ${child.exitCode}`)
}

async function figures(child: ChildProcess): Promise<Figures> {
  return JSON.parse(await firstLine(child)) as Figures
}

function perSample(of: Figures): number {
  return (of['cpuMsPerSecond'] ?? Number.NaN) / (of['samplesPerSecond'] ?? Number.NaN)
}

function ratio(peer: number | undefined, ours: number | undefined): number {
  return Math.round(((peer ?? Number.NaN) / (ours ?? Number.NaN)) * 100) / 100
}
