import { describe, expect, it } from 'vitest'
import type { Suite } from '../backend.suite'
import { calm, expectKind } from './expect-kind'
import { Reader } from './text-consoles.suite'

const size = { columns: 91, rows: 23 }

/** A shell on the host, where the link leads to one. */
export function describeShell(suite: Suite): void {
  const { host, testMs } = suite

  describe('shell on the host', () => {
    if (host.hasShell !== true) {
      it('says why there is none', { timeout: testMs }, async () => {
        const { session } = await suite.open()
        expect(await session.shell.shellOffer()).toMatchObject({
          kind: 'none',
          error: { kind: 'unsupported', cure: expect.stringMatching(/\.$/) },
        })
        await expectKind(session.shell.openShell(size, calm().signal), 'unsupported')
      })
      return
    }

    it('runs what is typed, on a terminal of the size that was asked for, and follows when it changes', {
      timeout: testMs,
    }, async () => {
      const { session } = await suite.open()
      expect((await session.shell.shellOffer()).kind).toBe('available')
      const shell = await session.shell.openShell(size, calm().signal)
      const reader = new Reader(shell.stream)
      reader.type('stty size\r')
      // a shell that had not asked yet puts its prompt before the answer
      await reader.until(/(?<!\d)23 91\r/)
      shell.resize({ columns: 120, rows: 40 })
      // the host hears of it before of what is typed next, or a moment later
      for (let answered = false; !answered; ) {
        reader.type('stty size\r')
        answered = (await reader.until(/(?<!\d)(\d+ \d+)\r/))[1] === '40 120'
      }
      reader.type('echo größer\r')
      // what was typed comes back as well
      await reader.until(/(?<!echo )größer\r/)
      reader.type('exit\r')
      await reader.ended()
    })

    it('ends with the session', { timeout: testMs }, async () => {
      const { session } = await suite.open()
      const reader = new Reader((await session.shell.openShell(size, calm().signal)).stream)
      await session.close()
      await reader.ended()
    })
  })
}
