/** A shell inside a running guest, by its agent: what the guest itself sees. */
import { setTimeout as delay } from 'node:timers/promises'
import type { LabHost } from './lab-host'

const pollMs = 100
const limitMs = 30_000

interface ExecStatus {
  readonly exited: boolean
  readonly 'out-data'?: string
}

/** Asks the agent, and gives what it returns. */
export type AskAgent = (execute: string, words: object) => Promise<unknown>

/** What the script writes; its exit code does not matter. */
export async function inGuest(host: Pick<LabHost, 'virsh'>, vm: string, script: string): Promise<string> {
  return byAgent(async (execute, words) => {
    const answer = await host.virsh(['qemu-agent-command', vm, JSON.stringify({ execute, arguments: words })])
    return (JSON.parse(answer) as { return: unknown }).return
  }, script)
}

/** The same where nobody stands between us and the agent. */
export async function byAgent(ask: AskAgent, script: string): Promise<string> {
  const started = await ask('guest-exec', {
    path: '/bin/sh',
    arg: ['-c', `export PATH=/bin:/sbin; ${script}`],
    'capture-output': true,
  })
  const { pid } = started as { pid: number }
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await delay(pollMs)) {
    const status = (await ask('guest-exec-status', { pid })) as ExecStatus
    if (status.exited)
      return Buffer.from(status['out-data'] ?? '', 'base64')
        .toString('utf8')
        .trim()
  }
  throw new Error(`The guest has not ended: ${script}`)
}
