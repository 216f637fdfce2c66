import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '../../../shared/errors'
import { includedFiles } from './include'
import { configLines, type ConfigLine } from './lines'
import { patternMatcher } from './pattern'
import { expandTokens } from './tokens'

/** What a host is looked up by. */
export interface Lookup {
  /** The name as the user wrote it: Host compares with this one. */
  readonly host: string
  /** Given outside of the files, so it wins over them. */
  readonly user?: string | undefined
  readonly localUser: string
  readonly home: string
  readonly files: { readonly user?: string | undefined; readonly system?: string | undefined }
  log(text: string): void
}

/** Of these every value counts, of the others the first. */
const repeatable = new Set(['identityfile', 'certificatefile'])

const maxIncludeDepth = 16

/** The values that count for one host: the user's file before the system's, the first one wins. */
export async function evaluateConfig(lookup: Lookup): Promise<ReadonlyMap<string, readonly string[][]>> {
  const evaluation = new Evaluation(lookup)
  const { user, system } = lookup.files
  if (user) await evaluation.read({ file: user, isUsers: true, base: dirname(user), depth: 0 })
  if (system) await evaluation.read({ file: system, isUsers: false, base: dirname(system), depth: 0 })
  return evaluation.values
}

interface Source {
  readonly file: string
  readonly isUsers: boolean
  readonly base: string
  readonly depth: number
}

class Evaluation {
  readonly values = new Map<string, string[][]>()
  readonly #lookup: Lookup

  constructor(lookup: Lookup) {
    this.#lookup = lookup
  }

  async read(source: Source): Promise<void> {
    const text = await readConfig(source)
    if (text === undefined) return
    const { log, host } = this.#lookup
    const lines = configLines(text, (number) =>
      log(`${source.file} line ${number} cannot be read and is passed over`),
    )
    let isActive = true
    for (const line of lines) {
      if (line.keyword === 'host') isActive = patternMatcher(line.words)(host)
      else if (line.keyword === 'match') isActive = this.#matches(line, source.file)
      else if (!isActive) continue
      else if (line.keyword === 'include') await this.#include(line, source)
      else this.#set(line)
    }
  }

  async #include(line: ConfigLine, source: Source): Promise<void> {
    if (source.depth >= maxIncludeDepth) {
      throw new AppError('invalid', `${source.file} includes itself, or files are nested too deeply`, {
        cure: `Look at the Include in line ${line.number}`,
      })
    }
    for (const pattern of line.words) {
      for (const file of await includedFiles(pattern, source.base, this.#lookup.home)) {
        await this.read({ ...source, file, depth: source.depth + 1 })
      }
    }
  }

  #set({ keyword, words }: ConfigLine): void {
    // whichever comes first rules the other out (ssh_config(5), ProxyJump)
    const rival = keyword === 'proxyjump' ? 'proxycommand' : keyword === 'proxycommand' ? 'proxyjump' : ''
    if (this.values.has(rival)) return
    const known = this.values.get(keyword)
    if (known === undefined) this.values.set(keyword, [[...words]])
    else if (repeatable.has(keyword)) known.push([...words])
  }

  /** What would run a program, or needs a second pass, makes the whole block count as not meant. */
  #matches(line: ConfigLine, file: string): boolean {
    const { host, localUser, log } = this.#lookup
    const ignore = (why: string): false => {
      log(`${file} line ${line.number}: this Match block is ignored, ${why}`)
      return false
    }
    let isMatch = true
    for (let at = 0; at < line.words.length; at += 1) {
      const word = line.words[at] ?? ''
      const isNegated = word.startsWith('!')
      const criterion = (isNegated ? word.slice(1) : word).toLowerCase()
      if (criterion === 'all') {
        isMatch &&= !isNegated
        continue
      }
      if (criterion === 'exec') return ignore('as Innkeeper runs no programs to read settings')
      const subject = {
        host: this.#hostName().toLowerCase(),
        originalhost: host,
        user: this.#lookup.user ?? this.values.get('user')?.[0]?.[0] ?? localUser,
        localuser: localUser,
      }[criterion]
      if (subject === undefined) return ignore(`as Innkeeper's own ssh engine does not know "${criterion}"`)
      const patterns = line.words[(at += 1)]
      if (patterns === undefined) return ignore(`as "${criterion}" lacks its pattern`)
      isMatch &&= patternMatcher(patterns.split(','))(subject) !== isNegated
    }
    return isMatch
  }

  #hostName(): string {
    const { host } = this.#lookup
    return expandTokens(this.values.get('hostname')?.[0]?.[0] ?? '%h', { h: host }) ?? host
  }
}

async function readConfig({ file, isUsers }: Source): Promise<string | undefined> {
  try {
    if (isUsers) await refuseForeign(file)
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof AppError) throw error
    const { code } = error as NodeJS.ErrnoException
    // a folder is what an Include with * may name
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined
    // ssh passes over a system file it may not read, too
    if (!isUsers) return undefined
    throw new AppError('denied', `The ssh settings in ${file} cannot be read`, {
      cure: 'Make the file readable for you',
      detail: error instanceof Error ? error.message : String(error),
      cause: error,
    })
  }
}

/** Settings others can write would let them choose where our passwords go; ssh refuses them as well. */
async function refuseForeign(file: string): Promise<void> {
  if (process.getuid === undefined) return
  const { uid, mode } = await stat(file)
  if ((uid === 0 || uid === process.getuid()) && (mode & 0o022) === 0) return
  throw new AppError('denied', `Others than you can change the ssh settings in ${file}`, {
    cure: `Run: chmod go-w "${file}", and make sure that it is yours`,
  })
}
