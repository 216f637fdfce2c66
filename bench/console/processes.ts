import { readdir, readFile } from 'node:fs/promises'

/** Clock ticks of the kernel's accounting: 100 a second on every Linux there is. */
const ticksPerSecond = 100

/** CPU time of a process and all that came of it, so far. */
export async function cpuSeconds(root: number): Promise<number> {
  const all = new Map<number, { parent: number; ticks: number }>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    // the name, in brackets, may have spaces
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    if (fields.length < 14) continue
    all.set(Number(name), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) })
  }
  const isOf = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 1; at = all.get(at)?.parent)
      if (at === root) return true
    return false
  }
  let ticks = 0
  for (const [pid, one] of all) if (isOf(pid)) ticks += one.ticks
  return ticks / ticksPerSecond
}
