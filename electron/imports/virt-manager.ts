/**
 * virt-manager keeps its connections in GSettings (schema org.virt-manager.virt-manager.connections: the keys `uris`
 * and `autoconnect`, both lists of strings; per connection a `pretty-name`). Two programs write them down as text:
 *
 *   dconf dump /org/virt-manager/               [virt-manager/connections]
 *                                               uris=['qemu:///system', 'qemu+ssh://root@db1/system']
 *   gsettings list-recursively org.virt-manager.virt-manager.connections
 *                                               org.virt-manager.virt-manager.connections uris ['qemu:///system']
 */
export interface VirtManagerHost {
  readonly uri: string
  readonly autoconnect: boolean
  readonly label?: string
}

const maxUris = 2000

/** Undefined when the text holds no list of connections. */
export function virtManagerHosts(text: string): VirtManagerHost[] | undefined {
  let uris: string[] | undefined
  let autoconnect: string[] = []
  const labels = new Map<string, string>()
  let section = ''
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\[(.*)\]\s*$/.exec(line)
    if (heading) {
      section = heading[1] ?? ''
      continue
    }
    const entry =
      /^([a-z-]+)=(.*)$/.exec(line) ??
      /^org\.virt-manager\.virt-manager\.connections:?\S*\s+([a-z-]+)\s+(.*)$/.exec(line)
    if (!entry) continue
    const [, key, value = ''] = entry
    if (key === 'uris') uris = gvariantStrings(value)
    else if (key === 'autoconnect') autoconnect = gvariantStrings(value) ?? []
    else if (key === 'pretty-name') {
      const [label] = gvariantStrings(value) ?? []
      if (label) labels.set(uriOfSection(section), label)
    }
  }
  return uris?.slice(0, maxUris).map((uri) => {
    const label = labels.get(sectionForm(uri))
    return { uri, autoconnect: autoconnect.includes(uri), ...(label ? { label } : {}) }
  })
}

/** Per-connection settings stand below the URI with its slashes taken out. */
const sectionForm = (uri: string): string => uri.replaceAll('/', '')
const uriOfSection = (section: string): string => section.split('/').at(-1) ?? ''

/** A GVariant string or list of strings in text form; undefined for anything else. `@as []` is an empty list. */
export function gvariantStrings(text: string): string[] | undefined {
  const value = text.trim().replace(/^@as\s+/, '')
  const inner = /^\[(.*)\]$/.exec(value)?.[1] ?? value
  const strings: string[] = []
  let rest = inner.trim()
  while (rest !== '') {
    const match = /^(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(?:,\s*|$)/.exec(rest)
    if (!match) return undefined
    strings.push(unescaped(match[1] ?? match[2] ?? ''))
    rest = rest.slice(match[0].length)
  }
  return strings
}

function unescaped(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, escape: string) => {
    if (escape.length === 5) return String.fromCharCode(Number.parseInt(escape.slice(1), 16))
    return { n: '\n', t: '\t' }[escape] ?? escape
  })
}
