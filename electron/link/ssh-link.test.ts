import { EventEmitter } from 'node:events'
import { Duplex, PassThrough, Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { SshLink, type SshChannel, type SshConnection } from './ssh-link'

const nothing = (): void => undefined

function linkThat(exec: SshConnection['exec']): SshLink {
  const client = Object.assign(new EventEmitter(), {
    exec,
    shell: nothing,
    forwardOut: nothing,
    openssh_forwardOutStreamLocal: nothing,
    end: nothing,
    destroy: nothing,
  })
  return new SshLink({ client, address: 'web', netcat: 'nc', log: nothing })
}

/** Of a command that runs; unlike a PassThrough it goes on when its input has ended. */
function openChannel(): SshChannel {
  const duplex = new Duplex({ read: nothing, write: (_chunk, _encoding, written) => written() })
  return Object.assign(duplex, { stderr: Readable.from([]), signal: nothing, setWindow: nothing })
}

function end(channel: SshChannel): void {
  channel.emit('exit', 0)
  channel.push(null)
}

it('has so many commands run at once that sshd lets them in, and the others wait for their turn', async () => {
  const running: (() => void)[] = []
  let most = 0
  const link = linkThat((_line, opened) => {
    const channel = openChannel()
    running.push(() => end(channel))
    most = Math.max(most, running.length)
    opened(undefined, channel)
  })
  const all = Promise.all(Array.from({ length: 12 }, () => link.run(['true'])))
  for (let ended = 0; ended < 12; ended += 1) {
    await expect.poll(() => running.length).toBeGreaterThan(0)
    running.shift()?.()
  }
  expect((await all).map(({ code }) => code)).toEqual(Array.from({ length: 12 }, () => 0))
  expect(most).toBe(6)
})

const started = (opened: Parameters<SshConnection['exec']>[1]): void => {
  const channel = openChannel()
  opened(undefined, channel)
  end(channel)
}
const refused = (opened: Parameters<SshConnection['exec']>[1]): void =>
  opened(new Error('open failed'), undefined as unknown as SshChannel)

it('runs a command that was refused while the place of one that had ended was not given back yet', async () => {
  let times = 0
  const link = linkThat((_line, opened) => (++times < 3 ? refused(opened) : started(opened)))
  expect(await link.run(['true'])).toMatchObject({ code: 0 })
  expect(times).toBe(3)
})

it('says that no command is started when none is for a while', async () => {
  const link = linkThat((_line, opened) => refused(opened))
  await expect(link.run(['true'])).rejects.toMatchObject({
    kind: 'busy',
    cure: expect.stringContaining('MaxSessions'),
  })
})

it('knows the exit code that comes together with the consent to start', async () => {
  const link = linkThat((_line, opened) => {
    const channel: SshChannel = Object.assign(new PassThrough(), {
      stderr: Readable.from([]),
      signal: nothing,
      setWindow: nothing,
    })
    opened(undefined, channel)
    channel.emit('exit', 3)
    channel.end()
  })
  expect(await link.run(['true'])).toMatchObject({ code: 3 })
})
