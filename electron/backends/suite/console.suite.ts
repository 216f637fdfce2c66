import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { isPng } from '../../snapshots/png'
import { readPpm } from '../../snapshots/ppm'
import type { Suite } from '../backend.suite'
import { calm, expectKind } from './expect-kind'

export function describeConsole(suite: Suite): void {
  const { host, testMs } = suite

  describe('console', () => {
    it('offers no console of a stopped VM and says why', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      const offer = await session.consoleOffer(vm.id)
      expect(offer.kind).toBe('none')
      if (offer.kind !== 'none') return
      expect(offer.error.message).not.toBe('')
      if (host.features.hasGraphicalConsole) expect(offer.why).toBe('shut-off')
    })

    it('offers no graphical console of a VM without a display and says why', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('headless')
      const { session } = await suite.open()
      const offer = await session.consoleOffer(vm.id)
      expect(offer.kind).toBe('none')
      if (offer.kind !== 'none') return
      expect(['no-display', 'serial-only']).toContain(offer.why)
      expect(offer.error.message).not.toBe('')
    })

    if (!host.features.hasGraphicalConsole) {
      it('says that it has no graphical console', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('running')
        const { session } = await suite.open()
        expect((await session.consoleOffer(vm.id)).kind).toBe('none')
        await expectKind(session.openConsole(vm.id, calm().signal), 'unsupported')
      })
      return
    }

    it('offers VNC of a running VM and opens a stream on which the server greets', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      expect((await session.consoleOffer(vm.id)).kind).toBe('vnc')
      const stream = await session.openConsole(vm.id, calm().signal)
      expect(await greeting(stream)).toMatch(/^RFB 003\.\d{3}\n/)
      stream.destroy()
      // a second viewer is as welcome as the first
      const again = await session.openConsole(vm.id, calm().signal)
      expect(await greeting(again)).toMatch(/^RFB 003\./)
      again.destroy()
    })

    it('takes a picture of the screen of a running VM, and none of one that is off', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      const { bytes } = await session.screenshot(vm.id)
      const size = readPpm(bytes) ?? (isPng(bytes) ? pngSize(bytes) : undefined)
      expect(size?.width).toBeGreaterThan(100)
      expect(size?.height).toBeGreaterThan(100)
      const stopped = await suite.lab().prepare('stopped')
      await expectKind(session.screenshot(stopped.id), 'invalid', 'busy')
    })

    it('refuses to open the console of a VM that is off or has no display', { timeout: testMs }, async () => {
      const stopped = await suite.lab().prepare('stopped')
      const headless = await suite.lab().prepare('headless')
      const { session } = await suite.open()
      await expectKind(session.openConsole(stopped.id, calm().signal), 'invalid', 'busy')
      await expectKind(session.openConsole(headless.id, calm().signal), 'unsupported')
    })

    it('does not open a console that was cancelled before', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      await expectKind(session.openConsole(vm.id, AbortSignal.abort()), 'cancelled')
    })

    it('ends the stream when the VM is forced off', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session, watch } = await suite.open()
      const stream = await session.openConsole(vm.id, calm().signal)
      await greeting(stream)
      const ended = endOf(stream, host.timeouts.shutdownMs)
      await session.power(vm.id, 'forceOff', calm())
      await watch.untilState(vm.id, 'shut-off')
      expect(await ended).toBe(true)
    })

    it('ends its streams when the session closes', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      const stream = await session.openConsole(vm.id, calm().signal)
      await greeting(stream)
      const ended = endOf(stream, host.timeouts.shutdownMs)
      await session.close()
      expect(await ended).toBe(true)
    })
  })
}

/** The first twelve bytes: an RFB server introduces itself before the client says anything (RFC 6143, 7.1.1). */
async function greeting(stream: Duplex): Promise<string> {
  // an ended connection may also be told as an error; both are the end
  stream.on('error', () => {})
  let text = ''
  while (text.length < 12) {
    const chunk: Buffer | null = stream.read()
    if (chunk) text += chunk.toString('latin1')
    else if (stream.readableEnded || stream.destroyed) break
    else await once(stream, 'readable')
  }
  return text
}

/** Whether the stream ended or closed before the deadline. */
function endOf(stream: Duplex, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => resolve(false), timeoutMs)
    const done = (): void => {
      clearTimeout(deadline)
      resolve(true)
    }
    stream.once('end', done)
    stream.once('close', done)
    stream.resume()
  })
}

function pngSize(bytes: Buffer): { width: number; height: number } {
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}
