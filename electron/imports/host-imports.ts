import { errorData, type ErrorData } from '../../shared/errors'
import type { FoundHosts, ImportableHost, ImportSource } from '../../shared/model/host-import'
import { hostUriLabel, parseHostUri } from '../../shared/model/host-uri'
import { sshConfigHosts } from './ssh-config-hosts'
import { virtManagerHosts, type VirtManagerHost } from './virt-manager'

export interface HostImportsOptions {
  readonly home: string
  /** libvirt.conf's short names. */
  aliases(): Promise<ReadonlyMap<string, string>>
  /** What `dconf dump` prints; undefined when there is no such program or it fails. */
  dumpSettings(): Promise<string | undefined>
  /** Throws an AppError when the URI cannot be added, `already-exists` for one that is in the list. */
  check(uri: string): void
}

const howToExport =
  'Run "dconf dump /org/virt-manager/ > virt-manager.txt" where virt-manager is used, then choose that file here.'

/** Hosts other programs on this computer know. Nothing is changed and nothing is connected. */
export class HostImports {
  readonly #options: HostImportsOptions

  constructor(options: HostImportsOptions) {
    this.#options = options
  }

  async find(): Promise<FoundHosts> {
    const { home, aliases, dumpSettings } = this.#options
    const notes: string[] = []
    const [names, dump, known] = await Promise.all([
      sshConfigHosts(home),
      dumpSettings(),
      aliases().catch((error: unknown) => {
        notes.push(`libvirt's aliases cannot be read: ${errorData(error).message}`)
        return new Map<string, string>()
      }),
    ])
    const fromVirtManager = dump === undefined ? undefined : virtManagerHosts(dump)
    if (!fromVirtManager) notes.push(`No list of virt-manager was found on this computer. ${howToExport}`)
    return {
      hosts: unique([
        ...(fromVirtManager ?? []).map((host) => this.#fromVirtManager(host)),
        ...names.map((name) => this.#host('ssh-config', `qemu+ssh://${name}/system`, { label: name })),
        ...[...known].map(([alias, uri]) => this.#host('libvirt-aliases', uri, { label: alias })),
      ]),
      notes,
    }
  }

  /** An exported list. */
  fromText(text: string): FoundHosts {
    const hosts = virtManagerHosts(text)
    if (!hosts) return { hosts: [], notes: [`This is no list of virt-manager's connections. ${howToExport}`] }
    const notes = hosts.length === 0 ? ['This list of virt-manager has no connections.'] : []
    return { hosts: unique(hosts.map((host) => this.#fromVirtManager(host))), notes }
  }

  #fromVirtManager({ uri, ...more }: VirtManagerHost): ImportableHost {
    return this.#host('virt-manager', uri, more)
  }

  #host(
    source: ImportSource,
    uri: string,
    { label, autoconnect = false }: { label?: string; autoconnect?: boolean },
  ): ImportableHost {
    const problem = this.#problem(uri)
    const isAdded = problem?.kind === 'already-exists'
    return {
      source,
      uri,
      label: label ?? nameOf(uri),
      autoconnect,
      isAdded,
      ...(problem === undefined || isAdded ? {} : { problem }),
    }
  }

  #problem(uri: string): ErrorData | undefined {
    try {
      this.#options.check(uri)
      return undefined
    } catch (error) {
      return errorData(error)
    }
  }
}

/** The first of several with one URI: virt-manager's own names come before those made up here. */
function unique(hosts: readonly ImportableHost[]): ImportableHost[] {
  const seen = new Set<string>()
  return hosts.filter(({ uri }) => !seen.has(uri) && seen.add(uri))
}

function nameOf(uri: string): string {
  try {
    return hostUriLabel(parseHostUri(uri))
  } catch {
    return uri
  }
}
