import type { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { VmId } from '../../../shared/model/ids'
import type { HypervisorSession } from '../backend'
import type { Suite } from '../backend.suite'
import { calm, expectKind } from './expect-kind'

/** For hosts whose guest of role `running` talks on its first serial line. */
export function describeTextConsoles(suite: Suite): void {
  const { host, testMs } = suite
  const { textGuest } = host
  if (!textGuest) return

  const firstSerial = async (session: HypervisorSession, vm: VmId): Promise<string> => {
    const device = (await session.textConsoles.textDevices(vm)).find(({ kind }) => kind === 'serial')
    if (!device) throw new Error('The VM has no serial line')
    return device.id
  }
  const open = async (session: HypervisorSession, vm: VmId, isForced = false): Promise<Reader> => {
    const device = await firstSerial(session, vm)
    return new Reader(await session.textConsoles.openText(vm, { device, isForced }, calm().signal))
  }

  describe('text consoles', () => {
    it('tells the serial line also while the VM is off, under the name it has while it runs', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session, watch } = await suite.open()
      const before = await firstSerial(session, vm.id)
      await session.power(vm.id, 'forceOff', calm())
      await watch.untilState(vm.id, 'shut-off')
      expect(await firstSerial(session, vm.id)).toBe(before)
      await expectKind(
        session.textConsoles.openText(vm.id, { device: before, isForced: false }, calm().signal),
        'invalid',
      )
    })

    it('carries what is typed to the guest and what the guest writes back, in any alphabet', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('running')
      await suite.lab().booted?.(vm)
      const { session } = await suite.open()
      const reader = await open(session, vm.id)
      await textGuest.signIn(reader)
      reader.type('echo "Grüße"-$((40+2))\r')
      await reader.until(textGuest.echoed('Grüße', '42'))
      reader.stream.destroy()
    })

    it('refuses a line that somebody has, names the way out, and ends the other when it is forced', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('running')
      await suite.lab().booted?.(vm)
      const { session } = await suite.open()
      const { session: other } = await suite.open()
      const first = await open(session, vm.id)
      await expect(open(other, vm.id)).rejects.toMatchObject({ kind: 'busy', field: 'isForced' })
      const second = await open(other, vm.id, true)
      await first.ended()
      await textGuest.signIn(second)
      second.stream.destroy()
    })

    it('is free again once its reader has gone', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      const first = await open(session, vm.id)
      first.stream.destroy()
      // the host hears of it a moment later
      await expect
        .poll(
          () =>
            open(session, vm.id).then(
              (reader) => reader.stream.destroy().destroyed,
              () => false,
            ),
          {
            timeout: host.timeouts.eventMs,
          },
        )
        .toBe(true)
    })

    it('ends with the VM and with the session', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      const { session: other, watch } = await suite.open()
      const held = await open(session, vm.id)
      await session.close()
      await held.ended()
      const again = await open(other, vm.id, true)
      await other.power(vm.id, 'forceOff', calm())
      await again.ended()
      await watch.untilState(vm.id, 'shut-off')
    })

    it('opens nothing when it was cancelled before, and no device that is not there', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      const device = await firstSerial(session, vm.id)
      const { textConsoles } = session
      await expectKind(
        textConsoles.openText(vm.id, { device, isForced: false }, AbortSignal.abort()),
        'cancelled',
      )
      await expectKind(
        textConsoles.openText(vm.id, { device: 'serial77', isForced: false }, calm().signal),
        'not-found',
      )
    })
  })
}

/** A stream read as text. */
export class Reader {
  #text = ''
  #isOver = false
  #wake = (): void => {}

  constructor(readonly stream: Duplex) {
    const decoder = new TextDecoder()
    stream.on('data', (bytes: Buffer) => {
      this.#text += decoder.decode(bytes, { stream: true })
      this.#wake()
    })
    // an end may be told as an error as well
    stream.on('error', () => {})
    stream.on('close', () => {
      this.#isOver = true
      this.#wake()
    })
  }

  type(text: string): void {
    this.stream.write(text)
  }

  /** Waits for the text, which is taken off what was read. The test's limit is the deadline. */
  async until(wanted: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = wanted.exec(this.#text)
      if (match) {
        this.#text = this.#text.slice(match.index + match[0].length)
        return match
      }
      if (this.#isOver) throw new Error(`The stream ended; before ${wanted} there was: ${this.#text}`)
      await this.#more()
    }
  }

  async ended(): Promise<void> {
    while (!this.#isOver) await this.#more()
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}
