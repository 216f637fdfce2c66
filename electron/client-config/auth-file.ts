/**
 * libvirt's file of names and passwords (https://libvirt.org/auth.html#client-configuration): an ini file where
 * [auth-SERVICE-HOST] or [auth-SERVICE-default] names a set of credentials, and [credentials-NAME] holds it.
 */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors'
import type { ConfPlaces } from './libvirt-conf'

export interface CredentialsQuery {
  readonly service: 'libvirt'
  /** As in the URI. */
  readonly host: string
  /** From the URI's `authfile`; must exist then. LIBVIRT_AUTH_FILE comes before it. */
  readonly file?: string | undefined
}

export interface FoundCredentials {
  readonly user?: string
  readonly password?: string
  readonly file: string
  /** Sentences for the host's log. */
  readonly warnings: readonly string[]
}

const maxBytes = 1_000_000

/**
 * The environment's file, else the URI's, else the user's own, else the system's (https://libvirt.org/auth.html);
 * undefined when it has nothing for the host. A file named in particular has to be there.
 */
export async function findCredentials(
  query: CredentialsQuery,
  places: ConfPlaces = herePlaces(),
): Promise<FoundCredentials | undefined> {
  const { home, env } = places
  const config = join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'libvirt', 'auth.conf')
  const fromEnvironment = env['LIBVIRT_AUTH_FILE']
  const told = fromEnvironment || query.file
  for (const file of told ? [told] : [config, '/etc/libvirt/auth.conf']) {
    const facts = await stat(file).catch(() => undefined)
    if (!facts && !told) continue
    if (!facts?.isFile() || facts.size > maxBytes) {
      throw new AppError('invalid', `The file of credentials ${file} does not exist or is no text file`, {
        field: 'uri',
        cure: fromEnvironment
          ? 'Correct the environment variable LIBVIRT_AUTH_FILE, or unset it.'
          : told
            ? 'Correct authfile= in the connection URI, or leave it out to be asked.'
            : 'Correct the file, or move it away to be asked.',
      })
    }
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      throw new AppError('denied', `The file of credentials ${file} cannot be read`, {
        cure: `Make it readable for you: chmod 600 ${file}, as its owner.`,
        detail: error instanceof Error ? error.message : String(error),
      })
    })
    const found = credentialsIn(parseIni(text, file), query, file)
    if (!found) return undefined
    const isOpen = process.platform !== 'win32' && (facts.mode & 0o077) !== 0
    const warnings = isOpen ? [`Others on this computer may read ${file}: chmod 600 would stop that`] : []
    return { ...found, file, warnings }
  }
  return undefined
}

function credentialsIn(
  sections: ReadonlyMap<string, ReadonlyMap<string, string>>,
  { service, host }: CredentialsQuery,
  file: string,
): { user?: string; password?: string } | undefined {
  const auth = sections.get(`auth-${service}-${host}`) ?? sections.get(`auth-${service}-default`)
  if (!auth) return undefined
  const name = auth.get('credentials')
  const set = name === undefined ? undefined : sections.get(`credentials-${name}`)
  if (!set) {
    throw new AppError('invalid', `${file} names no credentials for ${host}`, {
      cure:
        name === undefined
          ? `Add credentials=NAME to the section auth-${service}-${host}.`
          : `Add the section credentials-${name}.`,
    })
  }
  // libvirt calls the same thing username for some services
  const user = set.get('authname') ?? set.get('username')
  const password = set.get('password')
  return { ...(user === undefined ? {} : { user }), ...(password === undefined ? {} : { password }) }
}

function parseIni(text: string, file: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let section: Map<string, string> | undefined
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue
    const heading = /^\[([^\]]+)\]$/.exec(line)
    const entry = /^([^=]+?)\s*=\s*(.*)$/.exec(line)
    if (heading) {
      section = sections.get(heading[1] ?? '') ?? new Map<string, string>()
      sections.set(heading[1] ?? '', section)
    } else if (entry && section) {
      section.set(entry[1] ?? '', entry[2] ?? '')
    } else {
      // the line itself may hold a password, so only its number is told
      throw new AppError('invalid', `Line ${index + 1} of ${file} cannot be understood`, {
        cure: 'Sections are written [credentials-NAME], values name=value.',
      })
    }
  }
  return sections
}

function herePlaces(): ConfPlaces {
  return {
    home: process.env['HOME'] ?? process.env['USERPROFILE'] ?? '/',
    isRoot: process.getuid?.() === 0,
    env: process.env,
  }
}
