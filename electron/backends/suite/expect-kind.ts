import { expect } from 'vitest'
import { AppError, type ErrorKind } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import type { VmRecord } from '../../../shared/model/vm'
import type { ActionContext, HypervisorSession } from '../backend'

/** Asserts that the call ends with an AppError of one of these kinds, and gives it back. */
export async function expectKind(call: Promise<unknown>, ...kinds: ErrorKind[]): Promise<AppError> {
  let outcome: unknown
  try {
    outcome = { resolvedWith: await call }
  } catch (error) {
    outcome = error
  }
  expect(outcome, `expected an AppError of kind ${kinds.join(' or ')}`).toBeInstanceOf(AppError)
  const error = outcome as AppError
  expect(kinds, `${error.message} ${error.detail ?? ''}`).toContain(error.kind)
  expect(error.message).not.toBe('')
  return error
}

/** A context nobody cancels. */
export function calm(): ActionContext {
  return { signal: new AbortController().signal, onProgress: () => {} }
}

export async function recordOf(session: HypervisorSession, id: VmId): Promise<VmRecord> {
  const vm = (await session.listVms()).find((one) => one.id === id)
  if (!vm) throw new Error(`The host does not list ${id}`)
  return vm
}

/** What identifies a VM's condition; leaves out what moves by itself, such as the balloon. */
export function condition(vm: VmRecord): Partial<VmRecord> {
  const { id, name, state, isPersistent, hasSavedState, autostart, vcpuCount, maxMemoryBytes } = vm
  return { id, name, state, isPersistent, hasSavedState, autostart, vcpuCount, maxMemoryBytes }
}

/** Calls again until it answers with something, without pausing between; gives up at the deadline. */
export async function pollUntil<T>(
  what: string,
  timeoutMs: number,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
