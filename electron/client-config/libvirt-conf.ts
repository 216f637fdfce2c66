/**
 * libvirt.conf, the settings of libvirt's own clients (https://libvirt.org/uri.html#uri-aliases and
 * #default-uri-choice). The syntax is that of all libvirt's .conf files: `name = "text"`, lists in brackets over
 * several lines, # comments.
 */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors'

export interface LibvirtConf {
  /** Short names, as the user may type them in place of a URI. */
  readonly aliases: ReadonlyMap<string, string>
  readonly defaultUri?: string
}

export interface ConfPlaces {
  readonly home: string
  readonly isRoot: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

const empty: LibvirtConf = { aliases: new Map() }
const maxBytes = 1_000_000

/** Root has /etc/libvirt/libvirt.conf, everybody else the one in their own folder (virConfLoadConfigPath). */
export function libvirtConfPath({ home, isRoot, env }: ConfPlaces): string {
  if (isRoot) return '/etc/libvirt/libvirt.conf'
  return join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'libvirt', 'libvirt.conf')
}

/** Empty when there is no file; `invalid` when it cannot be understood. */
export async function readLibvirtConf(places: ConfPlaces): Promise<LibvirtConf> {
  const path = libvirtConfPath(places)
  const facts = await stat(path).catch(() => undefined)
  if (!facts?.isFile() || facts.size > maxBytes) return empty
  return parseLibvirtConf(await readFile(path, 'utf8'), path)
}

export function parseLibvirtConf(text: string, path: string): LibvirtConf {
  const values = parseConf(text, path)
  const aliases = new Map<string, string>()
  const listed = values.get('uri_aliases')
  for (const entry of Array.isArray(listed) ? listed : []) {
    const match = /^([A-Za-z0-9_-]+)=(.+)$/.exec(entry)
    if (!match)
      throw broken(path, `"${entry}" is not an alias`, 'Write aliases like "name=qemu+ssh://host/system".')
    // the first of two with one name counts, as in libvirt's search from the top
    const [, name = '', uri = ''] = match
    if (!aliases.has(name)) aliases.set(name, uri)
  }
  const defaultUri = values.get('uri_default')
  return { aliases, ...(typeof defaultUri === 'string' && defaultUri !== '' ? { defaultUri } : {}) }
}

type ConfValue = string | readonly string[]

/** Texts and lists of texts by name; numbers are kept as their text. */
function parseConf(text: string, path: string): Map<string, ConfValue> {
  const tokens = tokensOf(text, path)
  const values = new Map<string, ConfValue>()
  let at = 0
  const expect = (kind: Token['kind'], what: string): Token => {
    const token = tokens[at]
    if (token?.kind !== kind) {
      throw broken(path, `Line ${token?.line ?? tokens.at(-1)?.line ?? 1} lacks ${what}`)
    }
    at += 1
    return token
  }
  while (at < tokens.length) {
    const name = expect('word', 'a name').text
    expect('=', '"="')
    const first = tokens[at]
    if (first?.kind === '[') {
      at += 1
      const list: string[] = []
      while (tokens[at]?.kind !== ']') {
        list.push(expect('text', 'a text in quotes').text)
        if (tokens[at]?.kind === ',') at += 1
        else if (tokens[at]?.kind !== ']') expect(']', '"]"')
      }
      at += 1
      values.set(name, list)
    } else if (first?.kind === 'word') {
      at += 1
      values.set(name, first.text)
    } else {
      values.set(name, expect('text', 'a value').text)
    }
  }
  return values
}

interface Token {
  readonly kind: 'word' | 'text' | '=' | '[' | ']' | ','
  readonly text: string
  readonly line: number
}

function tokensOf(text: string, path: string): Token[] {
  const tokens: Token[] = []
  let line = 1
  // newline, blank or comment, sign, quoted text (backslash escapes the next character), word
  const pattern = /(\n)|[ \t\r]+|#[^\n]*|([=[\],])|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([A-Za-z0-9_.-]+)/y
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text)
    if (!match) throw broken(path, `Line ${line} cannot be read`)
    const [, newline, sign, double, single, word] = match
    if (newline !== undefined) line += 1
    else if (sign !== undefined) tokens.push({ kind: sign as Token['kind'], text: sign, line })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, line })
    else if (double !== undefined || single !== undefined) {
      tokens.push({ kind: 'text', text: single ?? (double ?? '').replace(/\\(.)/g, '$1'), line })
    }
  }
  return tokens
}

function broken(path: string, what: string, cure = 'Correct the file, or move it away.'): AppError {
  return new AppError('invalid', `${path}: ${what}`, { cure })
}
