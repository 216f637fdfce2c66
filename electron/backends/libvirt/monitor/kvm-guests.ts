import { vmId, type VmId } from '../../../../shared/model/ids'
import type { HostCommands } from '../../images/host-commands'

/** Whose process it is; empty for one that is no VM of libvirt's. */
export interface ProcessOwner {
  readonly vm?: VmId
  readonly name?: string
}

const perCommand = 200
/** libvirt gives the UUID right after the machine, processor and memory. */
const headBytes = 16_384

/** Which guest a process is, told by the command line it was started with. Each process is looked at once. */
export class KvmGuests {
  readonly #commands: HostCommands
  #known = new Map<number, ProcessOwner>()

  constructor(commands: HostCommands) {
    this.#commands = commands
  }

  async owners(pids: readonly number[]): Promise<ReadonlyMap<number, ProcessOwner>> {
    const unknown = pids.filter((pid) => !this.#known.has(pid))
    const found = new Map(this.#known)
    for (let at = 0; at < unknown.length; at += perCommand) {
      const some = unknown.slice(at, at + perCommand)
      for (const pid of some) found.set(pid, {})
      const files = some.map((pid) => `/proc/${pid}/cmdline`)
      const { stdout } = await this.#commands.run(['head', '-v', '-c', String(headBytes), '--', ...files])
      for (const [pid, owner] of ownersIn(stdout)) found.set(pid, owner)
    }
    // numbers of processes are used again
    this.#known = new Map(pids.map((pid) => [pid, found.get(pid) ?? {}]))
    return this.#known
  }
}

/** The words of each process as `head -v` prints them: a line with the file's name, then the words, each ended by a zero. */
export function ownersIn(stdout: string): Map<number, ProcessOwner> {
  const owners = new Map<number, ProcessOwner>()
  const parts = stdout.split(/(?:^|\n)==> \/proc\/(\d{1,9})\/cmdline <==\n/)
  for (let at = 1; at + 1 < parts.length; at += 2)
    owners.set(Number(parts[at]), ownerFrom((parts[at + 1] ?? '').split('\0')))
  return owners
}

function ownerFrom(words: readonly string[]): ProcessOwner {
  const after = (option: string): string | undefined => {
    const at = words.indexOf(option)
    return at < 0 ? undefined : words[at + 1]
  }
  const uuid = vmId.safeParse(after('-uuid'))
  const name = nameFrom(after('-name'))
  return { ...(uuid.success ? { vm: uuid.data } : {}), ...(name === undefined ? {} : { name }) }
}

/** "guest=web-01,debug-threads=on", or just the name; a comma of the name itself is written twice. */
function nameFrom(value: string | undefined): string | undefined {
  const name = value === undefined ? undefined : /^(?:guest=)?((?:,,|[^,])+)/.exec(value)?.[1]
  return name?.replaceAll(',,', ',').slice(0, 256)
}
