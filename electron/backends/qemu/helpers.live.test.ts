/** What is made or started beside QEMU: the program of an emulated TPM, that of a shared folder, a file of UEFI variables. */
import { execFile } from 'node:child_process'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { VmId } from '../../../shared/model/ids'
import type { HypervisorSession } from '../backend'
import { calm, recordOf } from '../suite/expect-kind'
import { SuiteStore } from './testing/suite-store'

const run = promisify(execFile)
const id = '5717e000-0000-4000-8000-0000000070b1' as VmId
const name = 'suite-chip'
const testMs = 180_000

let pathBefore: string | undefined
let store: SuiteStore
let session: HypervisorSession

beforeAll(async () => {
  const script = new URL('../../../e2e/lab/tpm/build.sh', import.meta.url).pathname
  const { stdout } = await run('bash', [script])
  pathBefore = process.env['PATH']
  process.env['PATH'] = `${stdout.trim()}/bin:${pathBefore ?? ''}`
}, testMs)

afterAll(() => {
  process.env['PATH'] = pathBefore
})

beforeEach(async () => {
  store = await SuiteStore.make()
})

afterEach(async () => {
  await session?.close()
  await store.tearDown()
})

async function chip(): Promise<string> {
  const answer = await session.qemuMonitor.monitorCommand(id, 'qmp', '{"execute":"query-tpm"}')
  return answer.text
}

/** Numbers of the processes of this program that run for the store. */
const helpers = (program: string): Promise<string> =>
  run('pgrep', ['-f', `${program}.*${store.root}`]).then(
    ({ stdout }) => stdout,
    () => '',
  )

const state = (): Promise<string> => readFile(join(store.root, name, 'tpm/tpm2-00.permall'), 'latin1')

it('has a chip that swtpm is, also after its memory was saved, and its state stays where the VM is', {
  timeout: testMs,
}, async () => {
  const tpm = `<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>`
  await store.define(name, store.guestXml(name, id).replace('<memballoon', `${tpm}<memballoon`))
  session = await store.open()
  await session.power(id, 'start', calm())
  expect(await chip()).toContain('tpm-crb')
  expect((await state()).length).toBeGreaterThan(0)
  expect((await stat(join(store.root, name, 'tpm'))).mode & 0o777).toBe(0o700)
  await store.booted(name)
  await session.power(id, 'save', calm())
  expect(await recordOf(session, id)).toMatchObject({ state: 'shut-off', hasSavedState: true })
  await session.power(id, 'restore', calm())
  expect(await chip()).toContain('tpm-crb')
  await session.power(id, 'forceOff', calm())
  expect((await state()).length).toBeGreaterThan(0)
  // nothing of the run is left, the program of the chip neither
  expect(await readdir(join(store.root, 'run'))).toEqual([])
  expect(await helpers('swtpm')).toBe('')
})

it('has variables of its own, made of the template once', { timeout: testMs }, async () => {
  const [code, template] = [join(store.root, 'code.fd'), join(store.root, 'variables.fd')]
  await writeFile(code, Buffer.alloc(1024 * 1024))
  await writeFile(template, Buffer.alloc(64 * 1024, 'v'))
  const firmware = `<loader readonly='yes' type='pflash'>${code}</loader><nvram template='${template}'/>`
  await store.define(name, store.guestXml(name, id).replace('<kernel>', `${firmware}<kernel>`))
  session = await store.open()
  const variables = join(store.root, name, 'nvram.fd')
  await session.power(id, 'startPaused', calm())
  expect((await readFile(variables)).equals(await readFile(template))).toBe(true)
  await session.power(id, 'forceOff', calm())
  await writeFile(variables, Buffer.alloc(64 * 1024, 'w'))
  await session.power(id, 'startPaused', calm())
  expect((await readFile(variables)).equals(Buffer.alloc(64 * 1024, 'w'))).toBe(true)
  await session.power(id, 'forceOff', calm())
})

it('shares a folder of the host by virtiofsd, which ends with it', { timeout: testMs }, async () => {
  const shared = `<filesystem type='mount'><driver type='virtiofs'/><source dir='${store.images}'/><target dir='share'/></filesystem>`
  const memory = `<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>`
  const xml = store.guestXml(name, id).replace('<memballoon', `${shared}<memballoon`)
  await store.define(name, xml.replace('<vcpu>', `${memory}<vcpu>`))
  session = await store.open()
  await session.power(id, 'start', calm())
  const daemons = (): Promise<string> => helpers('virtiofsd')
  expect(await daemons()).not.toBe('')
  await store.booted(name)
  await session.power(id, 'shutdown', calm())
  await expect.poll(async () => (await recordOf(session, id)).state, { timeout: 60_000 }).toBe('shut-off')
  await expect.poll(daemons, { timeout: 10_000 }).toBe('')
})

it('leaves no program behind when QEMU itself does not start', { timeout: testMs }, async () => {
  const tpm = `<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>`
  const xml = store.guestXml(name, id).replace('<memballoon', `${tpm}<memballoon`)
  await store.define(name, xml.replace(/<kernel>[^<]*/, '<kernel>/nowhere/vmlinux'))
  session = await store.open()
  await expect(session.power(id, 'start', calm())).rejects.toMatchObject({
    kind: 'invalid',
    detail: expect.stringContaining('/nowhere/vmlinux'),
  })
  await expect.poll(() => helpers('swtpm'), { timeout: 10_000 }).toBe('')
})
