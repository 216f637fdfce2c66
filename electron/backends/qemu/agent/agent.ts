/** The agent inside a guest, by the socket that its channel has on the host. */
import { AppError } from '../../../../shared/errors'
import { noAgentChannel, silentAgent } from '../../../../shared/model/guest-agent'
import type { VmId } from '../../../../shared/model/ids'
import { parseXml } from '../../../domain-xml/document'
import { objectsIn, type Json, type JsonObject } from '../../../qmp/index'
import type { Guest } from '../guest'
import { runningGuest, type QemuHost } from '../host'
import { AgentRefusal, AgentSilence, exchange } from './exchange'

const agentName = 'org.qemu.guest_agent.0'
/** As long as libvirt waits for one that may be there. */
const syncTimeoutMs = 5000
const answerTimeoutMs = 30_000

export interface AskOptions {
  readonly answerTimeoutMs?: number
}

/** Its line takes one question at a time. */
const lines = new WeakMap<Guest, Promise<unknown>>()

/** Ends with `invalid` when the VM has no agent or it does not answer, with `unsupported` when it refuses. */
export async function askAgent(
  host: QemuHost,
  id: VmId,
  command: string,
  words: JsonObject = {},
  options: AskOptions = {},
): Promise<Json> {
  const { guest } = await runningGuest(host, id)
  const before = lines.get(guest) ?? Promise.resolve()
  const next = before.catch(() => undefined).then(() => ask(host, id, command, words, options))
  lines.set(guest, next)
  return next
}

async function ask(
  host: QemuHost,
  id: VmId,
  command: string,
  words: JsonObject,
  { answerTimeoutMs: limitMs = answerTimeoutMs }: AskOptions,
): Promise<Json> {
  const { entry, guest } = await runningGuest(host, id)
  const path = await socketOf(host, id, guest, entry.running ?? '')
  try {
    const signal = AbortSignal.timeout(syncTimeoutMs)
    const stream = await host.link.openUnix(path, signal)
    return await exchange(stream, { command, words, syncTimeoutMs, answerTimeoutMs: limitMs })
  } catch (error) {
    if (error instanceof AgentRefusal) throw refused(error)
    if (error instanceof AgentSilence) throw silent(error)
    throw error
  }
}

/** Where QEMU says that the channel is: a guest has no say in that, but its definition may name any file of the host. */
async function socketOf(host: QemuHost, id: VmId, guest: Guest, running: string): Promise<string> {
  const channel = channelOf(running)
  if (!channel) throw new AppError('invalid', noAgentChannel.message, { cure: noAgentChannel.cure })
  const chardev = (await listOf(guest)).find(({ label }) => label === `char${channel.alias}`)
  if (chardev?.['frontend-open'] === false) throw silent()
  const { filename } = chardev ?? {}
  const path =
    typeof filename === 'string' ? /^(?:disconnected:)?unix:([^,]+)/.exec(filename)?.[1] : undefined
  if (path === undefined || !path.startsWith(`${host.store.runFolder(id)}/`)) {
    throw new AppError('unsupported', 'The channel of the guest agent has no socket of its own', {
      cure: 'Remove the channel and add it again without a path: it is there from the next start.',
    })
  }
  return path
}

async function listOf(guest: Guest): Promise<JsonObject[]> {
  return objectsIn(await guest.execute('query-chardev'))
}

function channelOf(xml: string): { readonly alias: string } | undefined {
  const channels = parseXml(xml, 'the definition').root.find('devices')?.children('channel') ?? []
  const found = channels.find((one) => one.find('target')?.attribute('name') === agentName)
  return found && { alias: found.find('alias')?.attribute('name') ?? '' }
}

/** Whether a program of the guest has the channel open; undefined without a channel, or while it is not known. */
export async function isListening(guest: Guest, running: string): Promise<boolean | undefined> {
  const channel = channelOf(running)
  if (!channel) return undefined
  const chardev = (await listOf(guest)).find(({ label }) => label === `char${channel.alias}`)
  const isOpen = chardev?.['frontend-open']
  return typeof isOpen === 'boolean' ? isOpen : undefined
}

function silent(cause?: Error): AppError {
  return new AppError('invalid', silentAgent.message, {
    cure: silentAgent.cure,
    ...(cause ? { detail: cause.message, cause } : {}),
  })
}

function refused(cause: Error): AppError {
  return new AppError('unsupported', 'The guest refuses', {
    cure: 'The details have the words of its agent: it may lack what this needs, such as swap space to hibernate.',
    detail: cause.message,
    cause,
  })
}
