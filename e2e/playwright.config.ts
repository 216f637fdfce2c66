import { defineConfig } from '@playwright/test'

/**
 * Two kinds of journeys in the real window: `app` on the demo host (error paths, scale, looks, security) and `live`
 * on the lab's real hosts and guests. `screenshots` makes the pictures of docs/; it is no test. One worker: the test machines have two cores and guests are emulated.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  workers: 1,
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  projects: [
    { name: 'app', testDir: './app' },
    { name: 'screenshots', testDir: './screenshots', timeout: 300_000 },
    { name: 'live', testDir: './live', timeout: 180_000 },
  ],
})
