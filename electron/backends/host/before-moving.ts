/** What is read on a host itself before a VM moves from it or to it. Nothing of it is needed: what cannot be read is undefined. */
import { isKind } from '../../../shared/errors'
import type { HostCommands } from '../images/host-commands'

const quick = { timeoutMs: 8000 }

/** All processors of a host have the same. */
export async function microcodeOf(commands: HostCommands): Promise<string | undefined> {
  const told = await unlessImpossible(commands.run(['grep', '-m', '1', '^microcode', '/proc/cpuinfo'], quick))
  return told?.code === 0 ? /:\s*(\w+)/.exec(told.stdout)?.[1] : undefined
}

/** Held against this computer's clock in the middle of asking. */
export async function clockAhead(commands: HostCommands): Promise<number | undefined> {
  const before = Date.now()
  const told = await unlessImpossible(commands.run(['date', '+%s.%N'], quick))
  const after = Date.now()
  const seconds = Number(told?.stdout.trim())
  if (told?.code !== 0 || !Number.isFinite(seconds)) return undefined
  return Math.round(seconds * 1000 - (before + after) / 2)
}

/** Whether a host finds another by its name; undefined where no command can be run. */
export async function findsHost(commands: HostCommands, address: string): Promise<boolean | undefined> {
  const found = await unlessImpossible(commands.run(['getent', 'ahosts', '--', address], quick))
  if (!found || found.code === 127) return undefined
  return found.code === 0 && !found.stdout.startsWith('127.')
}

async function unlessImpossible<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (isKind(error, 'unsupported', 'denied', 'timed-out', 'not-found', 'internal')) return undefined
    throw error
  }
}
