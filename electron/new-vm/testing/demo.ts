import type { HypervisorSession } from '../../backends/backend'
import { fakeBackend, type FakeBackend } from '../../backends/fake/fake-backend'
import { systemClock } from '../../backends/fake/clock'
import type { FakeHost } from '../../backends/fake/fake-host'
import { connectTo } from '../../backends/fake/test-session'

export interface Demo {
  readonly backend: FakeBackend
  readonly host: FakeHost
  readonly session: HypervisorSession
}

/** The demo host in a hurry, one of its own for each test. */
export async function demo(uri = 'demo://local/'): Promise<Demo> {
  const backend = fakeBackend({ delay: (ms, signal) => systemClock.delay(ms / 200, signal) })
  return { backend, host: backend.hostAt(uri), session: await connectTo(backend, uri) }
}

/** The session with some of its methods replaced: a host that fails there. */
export function failing<Part extends object>(part: Part, methods: Partial<Part>): Part {
  return new Proxy(part, {
    get: (target, name) => {
      const own = (methods as Record<PropertyKey, unknown>)[name]
      const found = own ?? (target as Record<PropertyKey, unknown>)[name]
      return typeof found === 'function' ? (found as (...all: unknown[]) => unknown).bind(target) : found
    },
  })
}
