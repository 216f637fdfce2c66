import { PassThrough, type Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../shared/errors'
import { parseHostUri } from '../../../shared/model/host-uri'
import { duplexPair } from '../../libvirt-rpc/testing/duplex-pair'
import { FakeDaemon } from '../../libvirt-rpc/testing/fake-daemon'
import type { Command, Link } from '../../link/link'
import { dial } from './dial'
import { SaslLogin } from './dial-sasl'

interface FarHost {
  /** What the shell there answers to virt-ssh-helper: it works, or how it ends. */
  readonly helper: 'works' | { readonly code: number; readonly stderr: string }
  readonly sockets: readonly string[]
}

/** A link whose far end is in memory; tells what was opened. */
function linkTo(host: FarHost): { link: Link; opened: string[] } {
  const opened: string[] = []
  const daemons: FakeDaemon[] = []
  const daemon = (): Duplex => {
    const [ours, theirs] = duplexPair()
    daemons.push(new FakeDaemon(theirs))
    return ours
  }
  const link: Link = {
    isLocal: false,
    async openUnix(path) {
      opened.push(path)
      if (!host.sockets.includes(path)) throw new AppError('unreachable', `There is no socket at ${path}`)
      return daemon()
    },
    openTcp: () => Promise.reject(new Error('not asked for')),
    async exec(argv): Promise<Command> {
      opened.push(argv.join(' '))
      if (host.helper === 'works') {
        return { stream: daemon(), stderr: () => '', exit: new Promise(() => {}) }
      }
      const { code, stderr } = host.helper
      const stream = new PassThrough()
      stream.end()
      return { stream, stderr: () => stderr, exit: Promise.resolve({ code }) }
    },
    run: () => Promise.reject(new Error('not asked for')),
    onClosed: () => () => {},
    close: async () => {},
  }
  return { link, opened }
}

const noQuestions = {
  ask: () => Promise.reject(new Error('nothing is to be asked')),
  log: () => {},
  fromFile: async () => undefined,
}
const options = {
  signal: new AbortController().signal,
  deadlineMs: 5000,
  readOnly: false,
  login: new SaslLogin(parseHostUri('qemu+ssh://h/system'), noQuestions),
  onStage: () => {},
  log: () => {},
}
const looking = { ...options, readOnly: true }
const socket = '/var/run/libvirt/libvirt-sock'
const helper = 'virt-ssh-helper qemu:///system'
const missing = { code: 127, stderr: 'sh: 1: virt-ssh-helper: not found' }

describe('the way to a daemon on another host', () => {
  it('leads through the helper first, and further connections straight to the socket', async () => {
    const { link, opened } = linkTo({ helper: 'works', sockets: [socket] })
    const { session, another } = await dial(link, parseHostUri('qemu+ssh://h/system'), options)
    const second = await another()
    expect(opened).toEqual([helper, socket])
    await second.close()
    await session.close()
  })

  it('leads through the helper every time where sockets are not forwarded, and asks only once', async () => {
    const { link, opened } = linkTo({ helper: 'works', sockets: [] })
    const { another } = await dial(link, parseHostUri('qemu+ssh://h/system'), options)
    await another()
    await another()
    expect(opened).toEqual([helper, socket, helper, helper])
  })

  it('leads to the socket where there is no helper', async () => {
    const { link, opened } = linkTo({ helper: missing, sockets: [socket] })
    const { another } = await dial(link, parseHostUri('qemu+ssh://h/system'), options)
    await another()
    expect(opened).toEqual([helper, socket, socket])
  })

  it('leads to the socket the user named, without the helper', async () => {
    const { link, opened } = linkTo({ helper: 'works', sockets: ['/x y'] })
    await dial(link, parseHostUri('qemu+ssh://h/system?socket=/x%20y'), options)
    expect(opened).toEqual(['/x y'])
  })

  it.each([
    ["cannot connect to '/var/run/libvirt/libvirt-sock': Permission denied", 'denied'],
    ["cannot connect to '/var/run/libvirt/libvirt-sock': No such file or directory", 'unreachable'],
  ])('says what the helper said: %s', async (stderr, kind) => {
    const { link } = linkTo({ helper: { code: 1, stderr }, sockets: [socket] })
    const dialling = dial(link, parseHostUri('qemu+ssh://h/system'), options)
    await expect(dialling).rejects.toMatchObject({ kind, detail: stderr, cure: expect.any(String) })
  })

  it('ends where neither helper nor socket exists', async () => {
    const { link } = linkTo({ helper: missing, sockets: [] })
    const dialling = dial(link, parseHostUri('qemu+ssh://h/system'), options)
    await expect(dialling).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining(socket),
    })
  })

  it('needs the helper for a session of the far user', async () => {
    const { link } = linkTo({ helper: missing, sockets: [] })
    const dialling = dial(link, parseHostUri('qemu+ssh://h/session'), options)
    await expect(dialling).rejects.toMatchObject({
      kind: 'unreachable',
      cure: expect.stringContaining('virt-ssh-helper'),
    })
    await expect(
      dial(link, parseHostUri('qemu+ssh://h/session?proxy=netcat'), options),
    ).rejects.toMatchObject({
      kind: 'unsupported',
      field: 'uri',
    })
  })

  it('leads to the socket for looking only, and the helper is told so, when nothing shall be changed', async () => {
    const { link, opened } = linkTo({ helper: missing, sockets: [`${socket}-ro`] })
    await dial(link, parseHostUri('qemu+ssh://h/system'), looking)
    expect(opened).toEqual(['virt-ssh-helper -r qemu:///system', `${socket}-ro`])
  })

  it('leads straight to the socket of one of several daemons when it is told', async () => {
    const { link, opened } = linkTo({ helper: 'works', sockets: ['/run/virtqemud-sock'] })
    const told = parseHostUri('qemu+ssh://h/system?mode=direct&socket=/run/virtqemud-sock')
    await dial(link, told, options)
    expect(opened).toEqual(['/run/virtqemud-sock'])
  })
})
