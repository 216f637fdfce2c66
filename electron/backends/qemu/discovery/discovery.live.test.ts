/** QEMU that others have started by hand, on the same host: seen, obeyed as far as its monitor goes, and kept when wished. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { VmRecord } from '../../../../shared/model/vm'
import { wordsOf } from '../../../../shared/model/vm-command'
import { builtGuest } from '../../../../e2e/lab/lab'
import type { HypervisorSession } from '../../backend'
import { calm, expectKind } from '../../suite/expect-kind'
import { SessionWatch } from '../../suite/session-watch'
import { SuiteStore } from '../testing/suite-store'

const id = '5717e000-0000-4000-8000-00000000f0e1'
const patienceMs = 60_000
const testMs = 180_000

let store: SuiteStore
let session: HypervisorSession
let watch: SessionWatch
const started: ChildProcess[] = []

async function stranger(...words: string[]): Promise<void> {
  const guest = await builtGuest()
  const child = spawn(
    '/usr/bin/qemu-system-x86_64',
    [
      ...[
        '-name',
        'stranger',
        '-machine',
        'q35',
        '-m',
        '160',
        '-nodefaults',
        '-vga',
        'std',
        '-display',
        'none',
      ],
      ...['-kernel', `${guest}/vmlinux`, '-initrd', `${guest}/initrd`, '-append', 'console=tty0 quiet'],
      ...words,
    ],
    { stdio: 'ignore', cwd: store.root },
  )
  started.push(child)
  await once(child, 'spawn')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port')
  return address.port
}

/** Whatever else may run there is not asked for. */
async function seen(fits: (vm: VmRecord) => boolean): Promise<VmRecord> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const found = (await session.listVms()).find(fits)
    if (found) return found
    if (performance.now() > deadline) throw new Error('It was not seen')
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

beforeEach(async () => {
  store = await SuiteStore.make()
})

afterEach(async () => {
  await session?.close()
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  await store.tearDown()
})

async function open(): Promise<void> {
  session = await store.open()
  watch = new SessionWatch(session, patienceMs)
}

describe('a VM that another program has started', () => {
  it('is paused, resumed, looked at and ended, and nothing of it is changed', {
    timeout: testMs,
  }, async () => {
    await stranger('-uuid', id, '-qmp', 'unix:qmp,server=on,wait=off', '-vnc', `unix:${store.root}/screen`)
    await open()
    const vm = await seen((one) => one.id === id && one.state === 'running')
    expect(vm).toMatchObject({ name: 'stranger', isForeign: true, isPersistent: false })
    expect(vm.maxMemoryBytes).toBe(160 * 1024 * 1024)

    await session.power(vm.id, 'pause', calm())
    await watch.untilState(vm.id, 'paused')
    await session.power(vm.id, 'resume', calm())
    await watch.untilState(vm.id, 'running')
    expect((await session.screenshot(vm.id)).bytes.subarray(0, 2).toString()).toBe('P6')
    const screen = await session.openConsole(vm.id, calm().signal)
    const [hello] = (await once(screen, 'data')) as [Buffer]
    expect(hello.toString('latin1')).toMatch(/^RFB 003\.00/)
    screen.destroy()

    const { running, next } = await session.commands(vm.id)
    expect(running && wordsOf(running)).toContain('stranger')
    expect(next).toBeUndefined()
    const view = await session.hardware(vm.id)
    expect(view.items.some(({ ref }) => ref.kind === 'video')).toBe(true)
    await expectKind(
      session.changeHardware(
        vm.id,
        {
          base: view.base,
          changes: [{ kind: 'set', item: { kind: 'general', key: '' }, values: { title: 'x' } }],
          when: 'now',
        },
        calm(),
      ),
      'unsupported',
    )
    await expectKind(session.snapshots.snapshots(vm.id), 'unsupported')
    await expectKind(session.power(vm.id, 'save', calm()), 'invalid')

    await session.power(vm.id, 'forceOff', calm())
    expect((await session.listVms()).some((one) => one.id === vm.id)).toBe(false)
  })

  it('is kept by its definition, and is one of this host’s from its next start on', {
    timeout: testMs,
  }, async () => {
    await stranger('-uuid', id, '-qmp', 'unix:qmp,server=on,wait=off')
    await open()
    const vm = await seen((one) => one.id === id && one.state === 'running')
    await session.creation.takeOver(vm.id)
    const kept = await seen((one) => one.id === id && one.isPersistent)
    expect(kept).toMatchObject({ state: 'running', isForeign: true })
    await session.power(vm.id, 'forceOff', calm())
    await watch.untilState(vm.id, 'shut-off')
    await session.power(vm.id, 'start', calm())
    const own = await seen((one) => one.id === id && one.state === 'running')
    expect(own.isForeign).toBeUndefined()
    expect(await store.pidOf(vm.id)).toBeTypeOf('number')
    await session.power(vm.id, 'forceOff', calm())
  })

  it('is talked to by a monitor on TCP as well', { timeout: testMs }, async () => {
    await stranger('-uuid', id, '-qmp', `tcp:127.0.0.1:${await freePort()},server=on,wait=off`)
    await open()
    const vm = await seen((one) => one.id === id && one.stateReason === undefined)
    await session.power(vm.id, 'pause', calm())
    await watch.untilState(vm.id, 'paused')
  })

  it('without a monitor is seen, says so, and can be forced off', { timeout: testMs }, async () => {
    await stranger()
    await open()
    const vm = await seen((one) => one.name === 'stranger')
    expect(vm).toMatchObject({ state: 'running', isForeign: true })
    expect(vm.stateReason).toContain('no monitor')
    await expectKind(session.power(vm.id, 'pause', calm()), 'unsupported')
    await session.power(vm.id, 'forceOff', calm())
    expect((await session.listVms()).some(({ name }) => name === 'stranger')).toBe(false)
  })
})

/** A process with these words that is no QEMU at all. */
async function pretender(words: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', ...words], {
    argv0: 'qemu-system-x86_64',
    stdio: 'ignore',
  })
  started.push(child)
  await once(child, 'spawn')
}

it('a process that only claims to be QEMU, with a hundred thousand words, hurts nobody', {
  timeout: testMs,
}, async () => {
  await pretender(Array.from({ length: 100_000 }, () => '-x'))
  await stranger('-uuid', id)
  await open()
  await seen((one) => one.id === id)
  expect((await session.listVms()).map(({ name }) => name)).toEqual(['stranger'])
})

it('VMs of libvirt are counted and left to it', { timeout: testMs }, async () => {
  await pretender(['-chardev', 'socket,id=charmonitor,path=/var/lib/libvirt/qemu/domain-3-web/monitor.sock'])
  await open()
  expect(await session.listVms()).toEqual([])
  expect((await session.hostDetails()).libvirtVms).toBe(1)
})
