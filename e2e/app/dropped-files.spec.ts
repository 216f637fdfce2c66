import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startApp, type RunningApp } from '../start-app'

let app: RunningApp

test.beforeAll(async () => {
  app = await startApp()
})

test.afterAll(async () => {
  await app.stop()
})

interface DropBridge {
  readonly innkeeper: {
    invoke(channel: string, input: unknown): Promise<unknown>
    dropped(file: unknown): Promise<{ ok: boolean; value?: { name: string }; error?: { kind: string } }>
  }
}

test('a file the user gave to the page is known to main, one the page made up is not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-drop-'))
  try {
    const path = join(folder, 'disk.img')
    await writeFile(path, 'four')
    await app.page.evaluate(() => {
      const input = document.createElement('input')
      input.type = 'file'
      input.id = 'test-file'
      document.body.append(input)
    })
    await app.page.setInputFiles('#test-file', path)
    const real = await app.page.evaluate(async () => {
      const input = document.querySelector<HTMLInputElement>('#test-file')
      const file = input?.files?.[0]
      input?.remove()
      return (globalThis as unknown as DropBridge).innkeeper.dropped(file)
    })
    expect(real).toMatchObject({ ok: true, value: { name: 'disk.img', sizeBytes: 4 } })
    expect(JSON.stringify(real)).not.toContain(folder)

    const invented = await app.page.evaluate(async (there) => {
      const { innkeeper } = globalThis as unknown as DropBridge
      const named = new File(['x'], there)
      const dressed = Object.defineProperty(new File(['x'], 'disk.img'), 'path', { value: there })
      return Promise.all([named, dressed, { path: there }, there].map((made) => innkeeper.dropped(made)))
    }, path)
    for (const reply of invented) expect(reply).toMatchObject({ ok: false, error: { kind: 'invalid' } })

    const refused = await app.page.evaluate(
      (there) =>
        (globalThis as unknown as DropBridge).innkeeper
          .invoke('dropped-file', there)
          .catch((error: Error) => error.message),
      path,
    )
    expect(refused).toContain('Unknown request dropped-file')
  } finally {
    await rm(folder, { recursive: true })
  }
})
