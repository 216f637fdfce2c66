import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hostId, vmId } from '../../shared/model/ids'
import { Consoles } from './consoles'
import type { PumpPort } from './pump'
import { TextConsoles } from './text-consoles'

const host = hostId.parse('a')
const vm = vmId.parse('11111111-2222-3333-4444-555555555555')
const serial = { host, vm, device: 'serial0', isForced: false }

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-log-'))
})
afterEach(() => rm(folder, { recursive: true }))

const deafPort = (): PumpPort => ({ postMessage: () => {}, on: () => {}, start: () => {}, close: () => {} })

function setUp() {
  const guests: PassThrough[] = []
  const failures: unknown[] = []
  const sizes: unknown[] = []
  const noScreens = (): never => {
    throw new Error('no screens here')
  }
  const consoles = new Consoles(noScreens, { get: noScreens, trust: noScreens })
  const textConsoles = new TextConsoles({
    consoles,
    session: () => ({
      shell: {
        shellOffer: async () => ({ kind: 'available', where: 'host' }),
        openShell: async () => {
          const guest = new PassThrough()
          guests.push(guest)
          return { stream: guest, resize: (size) => sizes.push(size) }
        },
      },
      textConsoles: {
        textDevices: async () => [],
        openText: async () => {
          const guest = new PassThrough()
          guests.push(guest)
          return guest
        },
      },
    }),
    filePath: (file) => join(folder, file),
    onLogFailed: (failure) => failures.push(failure),
  })
  const says = async (text: string): Promise<void> => {
    const guest = guests.at(-1)
    await new Promise<void>((resolve) => {
      guest?.once('data', () => resolve())
      guest?.write(text)
    })
  }
  return { consoles, textConsoles, says, failures, sizes }
}

const written = (file: string): Promise<string> => readFile(join(folder, file), 'utf8')

test('the log has what the guest wrote between its start and its end, byte for byte', async () => {
  const { textConsoles, says } = setUp()
  const id = await textConsoles.open(serial, 1, deafPort)
  await says('before ')
  await textConsoles.startLog(id, 'log', 1)
  await says('\x1b[32mGrüße\x1b[0m\r\n')
  await textConsoles.stopLog(id, 1)
  await says('after')
  expect(await written('log')).toBe('\x1b[32mGrüße\x1b[0m\r\n')
})

test('a console that comes back goes on in its file, and another log begins anew', async () => {
  const { consoles, textConsoles, says } = setUp()
  const first = await textConsoles.open(serial, 1, deafPort)
  await textConsoles.startLog(first, 'log', 1)
  await says('one ')
  await textConsoles.stopLog(first, 1)
  consoles.close(first, 1)
  const second = await textConsoles.open(serial, 1, deafPort)
  await textConsoles.startLog(second, 'log', 1)
  await says('two')
  await textConsoles.stopLog(second, 1)
  expect(await written('log')).toBe('one two')
})

test('a file that cannot be written is told at once, with the way out', async () => {
  const { textConsoles } = setUp()
  const id = await textConsoles.open(serial, 1, deafPort)
  await expect(textConsoles.startLog(id, 'missing/log', 1)).rejects.toMatchObject({
    kind: 'denied',
    cure: expect.stringMatching(/folder/),
  })
})

test('one window can neither log nor end the log of another window’s console', async () => {
  const { textConsoles, says } = setUp()
  const id = await textConsoles.open(serial, 1, deafPort)
  await expect(textConsoles.startLog(id, 'log', 2)).rejects.toMatchObject({ kind: 'not-found' })
  await textConsoles.startLog(id, 'log', 1)
  await textConsoles.stopLog(id, 2)
  await says('still')
  await textConsoles.stopLog(id, 1)
  expect(await written('log')).toBe('still')
})

test('a shell follows the size of its window, of no other, and not once it was closed', async () => {
  const { consoles, textConsoles, sizes } = setUp()
  const id = await textConsoles.openShell({ host, size: { columns: 80, rows: 24 } }, 1, deafPort)
  textConsoles.resizeShell(id, { columns: 100, rows: 30 }, 1)
  textConsoles.resizeShell(id, { columns: 7, rows: 7 }, 2)
  consoles.close(id, 1)
  textConsoles.resizeShell(id, { columns: 8, rows: 8 }, 1)
  expect(sizes).toEqual([{ columns: 100, rows: 30 }])
})
