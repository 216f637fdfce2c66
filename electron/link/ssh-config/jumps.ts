/** One host as named on a command line or in ProxyJump: an alias may hide behind the name. */
export interface HostName {
  readonly host: string
  readonly user?: string | undefined
  readonly port?: number | undefined
}

/** ProxyJump: `[user@]host[:port]` or ssh:// URIs, separated by commas. Undefined when it cannot be read. */
export function parseJumps(text: string): HostName[] | undefined {
  const hosts = text.split(',').map(parseJump)
  return hosts.some((host) => host === undefined) ? undefined : hosts.filter((host) => host !== undefined)
}

/** The old way to say ProxyJump: `ssh -W %h:%p bastion`, which needs no program to be run. */
export function jumpOfCommand(words: readonly string[]): HostName | undefined {
  const [program, ...rest] = words
  if (program !== 'ssh' && program !== '/usr/bin/ssh') return undefined
  let goal: string | undefined
  let place: string | undefined
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? ''
    if (word === '-W') goal = rest[(at += 1)]
    else if (word === '-q') continue
    else if (!word.startsWith('-') && place === undefined) place = word
    else return undefined
  }
  if (place === undefined || (goal !== '%h:%p' && goal !== '[%h]:%p')) return undefined
  return parseJump(place)
}

function parseJump(text: string): HostName | undefined {
  const trimmed = text
    .trim()
    .replace(/^ssh:\/\//, '')
    .replace(/\/$/, '')
  const match = /^(?:([^@]+(?:@[^@]*)*)@)?(?:\[([^\]]+)\]|([^:@[\]]+))(?::(\d{1,5}))?$/.exec(trimmed)
  if (!match) return undefined
  const [, user, bracketed, plain, portText] = match
  const host = bracketed ?? plain ?? ''
  const port = portText === undefined ? undefined : Number(portText)
  // a name that looks like an option has no business here
  if (host.startsWith('-') || user?.startsWith('-')) return undefined
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined
  return { host, user, port }
}
