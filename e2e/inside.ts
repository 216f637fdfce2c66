import { readdir, readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'

export interface Process {
  readonly pid: number
  readonly commandAndEnvironment: Buffer
}

/** A process and all that descend from it, with what anybody on this computer may read of them. Linux. */
export async function processesOf(pid: number): Promise<Process[]> {
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    // the command's name is in parentheses and may hold anything
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 1).split(' ')[2])
    if (parent) parents.set(Number(name), parent)
  }
  const family = new Set([pid])
  for (let grew = true; grew; ) {
    grew = false
    for (const [child, parent] of parents) {
      if (!family.has(parent) || family.has(child)) continue
      family.add(child)
      grew = true
    }
  }
  return Promise.all(
    [...family].map(async (one) => ({
      pid: one,
      commandAndEnvironment: Buffer.concat(
        await Promise.all(
          ['cmdline', 'environ'].map((file) => readFile(`/proc/${one}/${file}`).catch(() => Buffer.alloc(0))),
        ),
      ),
    })),
  )
}

/** Everything reachable in the page's memory, as V8 writes it down. */
export async function heapOf(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page)
  const chunks: Buffer[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(Buffer.from(chunk)))
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return Buffer.concat(chunks)
}
