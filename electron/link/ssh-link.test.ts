import { EventEmitter } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { SshLink, type SshChannel, type SshConnection } from './ssh-link'

const nothing = (): void => undefined

function linkThat(exec: SshConnection['exec']): SshLink {
  const client = Object.assign(new EventEmitter(), {
    exec,
    forwardOut: nothing,
    openssh_forwardOutStreamLocal: nothing,
    end: nothing,
    destroy: nothing,
  })
  return new SshLink({ client, address: 'web', netcat: 'nc', log: nothing })
}

it('knows the exit code that comes together with the consent to start', async () => {
  const link = linkThat((_line, opened) => {
    const channel: SshChannel = Object.assign(new PassThrough(), {
      stderr: Readable.from([]),
      signal: nothing,
    })
    opened(undefined, channel)
    channel.emit('exit', 3)
    channel.end()
  })
  expect(await link.run(['true'])).toMatchObject({ code: 3 })
})
