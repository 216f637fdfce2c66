/** What the host prints of the store (scripts.ts, `list`). Folders may be made by anybody, so nothing is taken on trust. */
import { vmId, type VmId } from '../../../../shared/model/ids'

export interface Run {
  readonly uuid: VmId
  /** Absent: it has ended, or is only beginning. */
  readonly process?: { readonly pid: number; readonly startedTicks: number }
}

export interface Listing {
  /** Of each VM's folder, what its files are like. Another stamp: another file. */
  readonly folders: ReadonlyMap<
    string,
    { readonly vm?: string; readonly state?: string; readonly hasMemory: boolean }
  >
  /** Stamps of the definitions that run, by UUID. */
  readonly running: ReadonlyMap<string, string>
  readonly runs: readonly Run[]
}

export function readListing(text: string): Listing {
  const folders = new Map<string, { vm?: string; state?: string; hasMemory: boolean }>()
  const running = new Map<string, string>()
  const runs: Run[] = []
  for (const record of text.split('\0')) {
    const file = /^f (\S+) ([^/]+)\/(vm\.xml|state\.json|memory\.save|([^/]+)\/running\.xml)$/.exec(record)
    if (file) {
      const [, stamp = '', folder = '', name, uuid] = file
      if (uuid !== undefined) {
        if (folder === 'run') running.set(uuid, stamp)
        continue
      }
      const known = folders.get(folder) ?? { hasMemory: false }
      folders.set(folder, known)
      if (name === 'vm.xml') known.vm = stamp
      else if (name === 'state.json') known.state = stamp
      else known.hasMemory = true
      continue
    }
    const run = /^r (\d{1,9}|-) (\d{1,15}|-) (\S+)$/.exec(record)
    const uuid = vmId.safeParse(run?.[3])
    if (!run || !uuid.success) continue
    const [pid, startedTicks] = [Number(run[1]), Number(run[2])]
    runs.push({
      uuid: uuid.data,
      ...(Number.isNaN(pid) || Number.isNaN(startedTicks) ? {} : { process: { pid, startedTicks } }),
    })
  }
  return { folders, running, runs }
}
