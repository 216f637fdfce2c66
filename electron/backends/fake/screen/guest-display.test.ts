import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { VmId } from '../../../../shared/model/ids'
import type { HypervisorSession } from '../../backend'
import { fakeBackend } from '../fake-backend'
import { RfbClient } from '../rfb/test-client'
import { TestClock } from '../test-clock'
import { connectTo, context, idOf } from '../test-session'

interface Desk {
  clock: TestClock
  session: HypervisorSession
  id: VmId
}

async function sitAt(name: string): Promise<Desk> {
  const clock = new TestClock()
  const connecting = connectTo(fakeBackend(clock), 'demo://local/')
  await clock.advance(1000)
  const session = await connecting
  return { clock, session, id: await idOf(session, name) }
}

async function look({ session, id }: Desk, password?: string): Promise<RfbClient> {
  const client = new RfbClient(await session.openConsole(id, context().signal))
  expect(await client.enter(password)).toBeUndefined()
  client.setEncodings(0, -223)
  client.request(false)
  await client.update()
  void client.follow()
  return client
}

/** Lets time pass in the steps of a screen; gives the number of updates the client got meanwhile. */
async function watch(clock: TestClock, client: RfbClient, ms: number): Promise<number> {
  const before = client.updates
  for (let passed = 0; passed < ms; passed += 100) await clock.advance(100)
  return client.updates - before
}

const lit = (client: RfbClient): number => client.pixels.filter((pixel) => pixel !== 0x101418).length

describe("a guest's display", () => {
  it('boots in text mode, then changes its size and shows more and more', async () => {
    const desk = await sitAt('web-01')
    await desk.session.power(desk.id, 'forceOff', context())
    const starting = desk.session.power(desk.id, 'start', context())
    await desk.clock.advance(400)
    await starting
    const client = await look(desk)
    expect([client.width, client.height]).toEqual([720, 400])
    const atFirst = lit(client)
    await watch(desk.clock, client, 6000)
    expect([client.width, client.height]).toEqual([800, 600])
    expect(lit(client)).toBeGreaterThan(atFirst + 500)
  })

  it('echoes what is typed', async () => {
    const desk = await sitAt('web-01')
    const client = await look(desk)
    const before = lit(client)
    client.type('root')
    await watch(desk.clock, client, 200)
    expect(lit(client)).toBeGreaterThan(before + 20)
  })

  it('stands still while the guest is paused, whatever is typed, and goes on afterwards', async () => {
    const desk = await sitAt('web-01')
    const client = await look(desk)
    await desk.session.power(desk.id, 'pause', context())
    await watch(desk.clock, client, 200)
    const frozen = client.pixels.slice()
    client.type('hello')
    expect(await watch(desk.clock, client, 3000)).toBe(0)
    expect(client.pixels).toEqual(frozen)
    await desk.session.power(desk.id, 'resume', context())
    client.type('hello')
    expect(await watch(desk.clock, client, 200)).toBeGreaterThan(0)
    expect(lit(client)).toBeGreaterThan(frozen.filter((pixel) => pixel !== 0x101418).length + 20)
  })

  it('powers its machine off by the command typed in it', async () => {
    const desk = await sitAt('web-01')
    const client = await look(desk)
    client.type('root\nsecret\npoweroff\n')
    await desk.clock.advance(100)
    const state = async () => (await desk.session.listVms()).find((vm) => vm.id === desk.id)?.state
    expect(await state()).toBe('shutting-down')
    const closed = once(client.stream, 'close')
    await desk.clock.advance(2000)
    expect(await state()).toBe('shut-off')
    await closed
  })

  it.each(['reboot typed in it', 'Ctrl+Alt+Del', 'the reboot action'])(
    'closes its viewers on %s and boots again in the same run',
    async (way) => {
      const desk = await sitAt('web-01')
      const client = await look(desk)
      const closed = once(client.stream, 'close')
      if (way === 'reboot typed in it') client.type('root\nsecret\nreboot\n')
      else if (way === 'Ctrl+Alt+Del') for (const key of [0xffe3, 0xffe9, 0xffff]) client.key(key)
      else await desk.session.power(desk.id, 'reboot', context())
      await desk.clock.advance(100)
      await closed
      expect((await desk.session.listVms()).find((vm) => vm.id === desk.id)?.state).toBe('running')
      const again = await look(desk)
      expect([again.width, again.height]).toEqual([720, 400])
    },
  )

  it('shows the same screen after it was saved and restored', async () => {
    const desk = await sitAt('web-01')
    const client = await look(desk)
    client.type('operator')
    await watch(desk.clock, client, 200)
    const saving = desk.session.power(desk.id, 'save', context())
    await desk.clock.advance(3000)
    await saving
    const restoring = desk.session.power(desk.id, 'restore', context())
    await desk.clock.advance(400)
    await restoring
    const again = await look(desk)
    // a blinking cursor may differ, a lost login name would be far more
    expect(Math.abs(lit(again) - lit(client))).toBeLessThan(30)
  })

  it('asks for its password where it has one', async () => {
    const desk = await sitAt('mail')
    const stranger = new RfbClient(await desk.session.openConsole(desk.id, context().signal))
    expect(await stranger.enter('guess')).toBe('Wrong password')
    await look(desk, await desk.session.consolePassword(desk.id))
  })

  it('draws a desktop with a clock that moves and a pointer that follows', async () => {
    const desk = await sitAt('win11-office')
    const client = await look(desk)
    expect([client.width, client.height]).toEqual([1024, 768])
    expect(new Set(client.pixels).size).toBeGreaterThan(100)
    const before = client.pixels.slice()
    const changed = (x: number, y: number, width: number, height: number): boolean => {
      for (let row = y; row < y + height; row += 1) {
        for (let at = row * 1024 + x; at < row * 1024 + x + width; at += 1) {
          if (client.pixels[at] !== before[at]) return true
        }
      }
      return false
    }
    client.pointer(40, 50)
    await watch(desk.clock, client, 2000)
    expect({
      pointer: changed(40, 50, 16, 16),
      clock: changed(924, 736, 100, 32),
      elsewhere: changed(100, 100, 100, 100),
    }).toEqual({ pointer: true, clock: true, elsewhere: false })
    client.pointer(65_535, 65_535)
    await watch(desk.clock, client, 200)
    expect(changed(40, 50, 16, 16)).toBe(false)
  })

  it('draws nothing while nobody looks', async () => {
    const desk = await sitAt('web-01')
    const client = await look(desk)
    client.stream.destroy()
    await desk.clock.advance(1000)
    const again = await look(desk)
    expect(again.width).toBe(800)
  })
})
