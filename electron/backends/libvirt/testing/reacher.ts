/** Connects to lab hosts as the app would, through relays into the lab's network, and tells what came of it. */
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { expect } from 'vitest'
import type { Lab, LabHost } from '../../../../e2e/lab/lab'
import { errorData, type ErrorData } from '../../../../shared/errors'
import type { SshEngine } from '../../../../shared/model/host'
import type { Prompt, PromptAnswer } from '../../../../shared/model/prompt'
import type { HypervisorSession } from '../../backend'
import { libvirtBackend } from '../libvirt-backend'
import { relayInto } from './tcp-relay'

export interface ReachOptions {
  readonly readOnly?: boolean
  readonly keyFile?: string
  readonly sshEngine?: SshEngine
  /** Answers to questions in their order; one more question fails the test. */
  readonly answers?: readonly PromptAnswer[]
}

export interface Reached {
  readonly session: HypervisorSession
  readonly log: readonly string[]
  readonly prompts: readonly Prompt[]
}

export class Reacher {
  readonly #relays = new Map<number, { port: number; stop(): Promise<void> }>()
  readonly #sessions: HypervisorSession[] = []
  /** Of the last attempt, also when it failed. */
  log: string[] = []
  prompts: Prompt[] = []

  constructor(
    readonly lab: Lab,
    readonly host: LabHost,
  ) {}

  /** A port of this machine that leads to a port of the host. */
  async portTo(port: number): Promise<number> {
    const known = this.#relays.get(port)
    if (known) return known.port
    const relay = await relayInto(this.lab.clientPrefix, { host: this.host.address, port })
    this.#relays.set(port, relay)
    return relay.port
  }

  /** A port of this machine at which nobody listens. */
  async closedPort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, 'close')
    return port
  }

  async connect(uri: string, options: ReachOptions = {}): Promise<Reached> {
    const log: string[] = (this.log = [])
    const prompts: Prompt[] = (this.prompts = [])
    const answers = [...(options.answers ?? [])]
    const session = await libvirtBackend().connect({
      uri,
      ...(options.readOnly === undefined ? {} : { readOnly: options.readOnly }),
      ...(options.keyFile === undefined ? {} : { keyFile: options.keyFile }),
      ...(options.sshEngine === undefined ? {} : { sshEngine: options.sshEngine }),
      signal: new AbortController().signal,
      onStage: () => undefined,
      log: (text) => void log.push(text),
      ask: async (prompt) => {
        // the lab makes new host keys each time
        if (prompt.kind === 'host-key') return { kind: 'host-key', accept: true }
        prompts.push(prompt)
        const answer = answers.shift()
        if (answer === undefined) throw new Error(`unexpected question: ${JSON.stringify(prompt)}`)
        return answer
      },
    })
    this.#sessions.push(session)
    return { session, log, prompts }
  }

  /** What the user is told when it does not work. */
  async failure(uri: string, options: ReachOptions = {}): Promise<ErrorData> {
    const outcome = await this.connect(uri, options).catch((error: unknown) => error)
    expect(outcome, 'it should not have connected').toBeInstanceOf(Error)
    return errorData(outcome)
  }

  /** Looking works; what would change something is refused, with the way out. */
  async expectReadOnly(session: HypervisorSession): Promise<void> {
    const [vm] = await session.listVms()
    if (vm === undefined) throw new Error('no VM to try it with')
    const context = { signal: new AbortController().signal, onProgress: () => undefined }
    for (const change of [
      () => session.power(vm.id, 'forceOff', context),
      () => session.rename(vm.id, 'other'),
      () => session.setAutostart(vm.id, true),
      () => session.delete(vm.id, { files: [] }, context),
    ]) {
      const error = errorData(await change().catch((reason: unknown) => reason))
      expect(error).toMatchObject({
        kind: 'denied',
        message: 'This connection is read-only',
        cure: expect.stringContaining('edit the host'),
      })
    }
    expect(await session.listVms()).toEqual(expect.arrayContaining([expect.objectContaining({ id: vm.id })]))
  }

  async closeSessions(): Promise<void> {
    await Promise.all(this.#sessions.splice(0).map((session) => session.close()))
  }

  async stop(): Promise<void> {
    await this.closeSessions()
    await Promise.all([...this.#relays.values()].map((relay) => relay.stop()))
  }
}
