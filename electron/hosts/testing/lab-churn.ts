/** Another client at work on a lab host: VMs that come, start, stop and go, by virsh and not through us. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LabHost } from '../../../e2e/lab/lab'

/** Never the same name twice: what an earlier churn left stays. */
let names = 0

/** A guest that stays in its firmware: starts in half a second and then costs nothing. */
export async function defineTiny(host: LabHost, name: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-tiny-'))
  try {
    const file = join(folder, 'vm.xml')
    await writeFile(
      file,
      `<domain type='qemu'><name>${name}</name><memory unit='MiB'>16</memory><vcpu>1</vcpu>
        <os><type arch='x86_64' machine='q35'>hvm</type></os></domain>`,
    )
    await host.virsh(['define', file])
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Lasts until it is stopped; then some VMs are left in various states. Their names begin with "churn-". */
export function churn(host: LabHost): { stop(): Promise<number> } {
  const end = { isWanted: false }
  const work = (async () => {
    const mine: string[] = []
    for (let round = 0; !end.isWanted; round += 1) {
      const name = `churn-${names++}`
      mine.push(name)
      await defineTiny(host, name)
      if (round % 2 === 0) await host.virsh(['start', name])
      if (round % 4 === 0) await host.virsh(['suspend', name])
      if (round >= 3) await host.removeGuest(mine[round - 3] ?? '')
    }
    return mine.length
  })()
  work.catch(() => undefined)
  return {
    stop: () => {
      end.isWanted = true
      return work
    },
  }
}

export async function removeChurn(host: LabHost): Promise<void> {
  for (const row of await virshInventory(host)) {
    const [name = ''] = row.split(' ')
    if (/^(churn|stuck)-/.test(name)) await host.removeGuest(name)
  }
}

/** "name state" of each VM in our words, sorted: what our list has to equal. */
export async function virshInventory(host: LabHost): Promise<string[]> {
  const table = await host.virsh(['list', '--all'])
  return table
    .split('\n')
    .map((row) => /^\s*\S+\s+(\S+)\s+(\S.*?)\s*$/.exec(row))
    .filter((row) => row !== null)
    .map(([, name, state]) => `${name} ${state?.replace(' ', '-')}`)
    .sort()
}
