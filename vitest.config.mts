import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { LaneSequencer } from './scripts/live-lanes.mjs'

// vitest prints failures with Map.groupBy, which Node 20 lacks: without this a failed test ends in a crash of the
// reporter, and nobody sees what failed.
Map.groupBy ??= <K, V>(items: Iterable<V>, keyOf: (item: V, index: number) => K): Map<K, V[]> => {
  const groups = new Map<K, V[]>()
  let index = 0
  for (const item of items) {
    const key = keyOf(item, index++)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

const minuteMs = 60_000
const never = ['**/node_modules/**', '**/dist/**', '**/.cache/**']
const live = '**/*.live.test.ts'

const alias = { electron: join(import.meta.dirname, 'scripts/electron-stub.mjs') }

/** A ceiling for a busy machine, not a measure: a test that needs it waits for something that never comes. */
const unitTimeoutMs = 60_000

/** The same of what is waited for inside a test, whose usual second is short on a busy machine. */
const patient = { poll: { timeout: 30_000 } } as const

/** Suites that share one machine's daemons and guests: one file at a time, and time for emulated guests. */
const onRealHosts = {
  environment: 'node',
  fileParallelism: false,
  expect: patient,
  testTimeout: 3 * minuteMs,
  hookTimeout: 5 * minuteMs,
  exclude: never,
} as const

export default defineConfig({
  test: {
    // vitest leaves a core idle by default, half of a small machine
    maxWorkers: '100%',
    sequence: { sequencer: LaneSequencer },
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          environment: 'node',
          // the modules keep no state of their own: loading them anew for each file took longer than the tests
          isolate: false,
          expect: patient,
          testTimeout: unitTimeoutMs,
          include: ['{electron,shared,bench,scripts}/**/*.test.{ts,mjs}', 'e2e/*.test.ts'],
          exclude: [...never, live],
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'window',
          environment: 'jsdom',
          expect: patient,
          setupFiles: ['renderer/patient-tests.ts'],
          testTimeout: unitTimeoutMs,
          include: ['renderer/**/*.test.{ts,tsx}'],
          exclude: never,
        },
      },
      { resolve: { alias }, test: { ...onRealHosts, name: 'backends', include: [`electron/${live}`] } },
      { test: { ...onRealHosts, name: 'lab', include: ['e2e/lab/**/*.test.ts'] } },
    ],
  },
})
