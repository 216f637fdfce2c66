import { stat } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { AppError, errorData, type ErrorData } from '../../../shared/errors'
import { readChosenKeyFile, usualKeyFiles, type KeyFile } from '../../link/key-files'

export interface KeyState {
  readonly chosen?: { readonly path: string; readonly error?: ErrorData; readonly file?: FoundKey }
  readonly usual: readonly FoundKey[]
  readonly agent: AgentState
}

export interface FoundKey {
  readonly path: string
  readonly type: string
  readonly isEncrypted: boolean
  /** Permission bits; absent where the system has none. */
  readonly mode?: number
}

export type AgentState =
  | { readonly kind: 'none' }
  | { readonly kind: 'silent'; readonly detail: string }
  | { readonly kind: 'keys'; readonly count: number }

export async function readKeyState(wanted: {
  readonly keyFile: string | undefined
  readonly home: string
  /** Of the ssh settings; empty for the usual ones. */
  readonly identityFiles: readonly string[]
  readonly agent: string | undefined
}): Promise<KeyState> {
  const { keyFile, home, identityFiles } = wanted
  const files =
    identityFiles.length > 0 ? identityFiles : usualKeyFiles.map((name) => join(home, '.ssh', name))
  const [chosen, usual, agent] = await Promise.all([
    keyFile === undefined ? undefined : readChosen(keyFile, home),
    Promise.all(files.map(readUsual)),
    askAgent(wanted.agent),
  ])
  return { ...(chosen ? { chosen } : {}), usual: usual.filter((key) => key !== undefined), agent }
}

/** Those that are missing or of no use are passed over, as ssh does. */
async function readUsual(path: string): Promise<FoundKey | undefined> {
  try {
    return await describe(await readChosenKeyFile(path))
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}

async function readChosen(path: string, home: string): Promise<NonNullable<KeyState['chosen']>> {
  try {
    return { path, file: await describe(await readChosenKeyFile(path, home)) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { path, error: errorData(error) }
  }
}

async function describe(key: KeyFile): Promise<FoundKey> {
  const mode = process.platform === 'win32' ? undefined : (await stat(key.path)).mode & 0o777
  return {
    path: key.path,
    type: key.publicKey.type,
    isEncrypted: key.privateKey === undefined,
    ...(mode === undefined ? {} : { mode }),
  }
}

const request = Buffer.from([0, 0, 0, 1, 11])
const answerType = 12
const agentLimitMs = 3000

/** SSH_AGENTC_REQUEST_IDENTITIES (draft-miller-ssh-agent, 4.4): how many keys the agent holds. */
function askAgent(path: string | undefined): Promise<AgentState> {
  if (path === undefined || path === '') return Promise.resolve({ kind: 'none' })
  return new Promise((resolve) => {
    const socket = createConnection({ path })
    let data = Buffer.alloc(0)
    const end = (state: AgentState): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(state)
    }
    const timer = setTimeout(() => end({ kind: 'silent', detail: `${path} does not answer` }), agentLimitMs)
    socket.on('connect', () => socket.write(request))
    socket.on('data', (chunk: Buffer) => {
      data = Buffer.concat([data, chunk])
      if (data.length < 9) return
      if (data[4] === answerType) end({ kind: 'keys', count: data.readUInt32BE(5) })
      else end({ kind: 'silent', detail: 'The agent refuses to list its keys' })
    })
    socket.on('error', (error) => end({ kind: 'silent', detail: error.message }))
    socket.on('close', () => end({ kind: 'silent', detail: 'The agent hung up' }))
  })
}
