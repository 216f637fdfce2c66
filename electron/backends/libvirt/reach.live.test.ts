import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startLab, type ExtraDaemon, type Lab, type LabHost } from '../../../e2e/lab/lab'
import type { PromptAnswer } from '../../../shared/model/prompt'
import { Reacher } from './testing/reacher'

const answer = (user: string, password: string): PromptAnswer => ({ kind: 'text', values: [user, password] })
const password = 'open-sesame-4711'
const right = answer('alice', password)
const wrong = answer('alice', 'canary-wrong-0815')

/** Every other way to a daemon, and what each says when it does not lead there. */
describe('a host reached', () => {
  let lab: Lab
  let host: LabHost
  let reacher: Reacher

  beforeAll(async () => {
    lab = await startLab()
    host = lab.host('labA')
    reacher = new Reacher(lab, host)
  })

  afterEach(() => reacher.closeSessions())

  afterAll(async () => {
    await reacher.stop()
    await lab.stop()
  })

  describe('by its socket', () => {
    it('is opened through the socket that the URI names, with all that goes with it', async () => {
      const extra = await host.startExtraDaemon({})
      const { session } = await reacher.connect(`test:///default?socket=${extra.socketPath}`)
      expect(session.info).toMatchObject({ hypervisor: 'TEST', isReadOnly: false })
      expect((await session.listVms()).map(({ name }) => name)).toEqual(['test'])
      await extra.stop()
    })

    it('lets nothing be changed through the socket for looking, whatever is asked for', async () => {
      const extra = await host.startExtraDaemon({})
      const { session } = await reacher.connect(`test:///default?socket=${extra.readOnlySocketPath}`)
      expect(session.info.isReadOnly).toBe(true)
      await reacher.expectReadOnly(session)
      await extra.stop()
    })

    it('lets nothing be changed when it is opened for looking only', async () => {
      const { session } = await reacher.connect(`test:///default?socket=${host.socketPath}`, {
        readOnly: true,
      })
      await reacher.expectReadOnly(session)
    })
  })

  describe('by ssh', () => {
    const uriOf = async (user: string, path: string, params = '') =>
      `qemu+ssh://${user}@127.0.0.1:${await reacher.portTo(22)}${path}?known_hosts=/dev/null${params}`

    it('opens the session of a user who has no rights otherwise, whose daemon starts by itself', async () => {
      const { session } = await reacher.connect(await uriOf('ann', '/session'), { keyFile: host.keyFile })
      expect(session.info.connectedUri).toBe('qemu:///session')
      expect(await session.listVms()).toEqual([])
    })

    it('says that such a user may not open the system, and how they may', async () => {
      const uri = await uriOf('ann', '/system')
      expect(await reacher.failure(uri, { keyFile: host.keyFile })).toMatchObject({
        kind: 'denied',
        message: "This account may not use the host's libvirt",
        cure: expect.stringContaining('group "libvirt"'),
        detail: expect.stringContaining('Permission denied'),
      })
    })

    it('lets such a user look when that is all they ask for', async () => {
      const options = { keyFile: host.keyFile, readOnly: true }
      const { session } = await reacher.connect(await uriOf('ann', '/system'), options)
      expect(session.info).toMatchObject({ connectedUri: 'qemu:///system', isReadOnly: true })
      expect(await session.listVms()).toEqual([])
    })

    it('looks through the socket too, where no helper is used', async () => {
      const options = { keyFile: host.keyFile, readOnly: true }
      const { session, log } = await reacher.connect(await uriOf('ann', '/system', '&proxy=netcat'), options)
      expect(session.info.isReadOnly).toBe(true)
      expect(log.join('\n')).toContain('/var/run/libvirt/libvirt-sock-ro')
    })
  })

  describe('by plain TCP', () => {
    it('is opened with a warning that everybody can read along', async () => {
      const b = new Reacher(lab, lab.host('labB'))
      try {
        const uri = `qemu+tcp://127.0.0.1:${await b.portTo(16_509)}/system`
        const { session, log } = await b.connect(uri)
        expect(session.info.hostname).toBe('labB')
        expect(log.join('\n')).toMatch(/Warning: plain TCP is not encrypted/)
        const looking = await b.connect(uri, { readOnly: true })
        expect(looking.session.info.isReadOnly).toBe(true)
      } finally {
        await b.stop()
      }
    })

    it('says how to turn the port on when nobody listens there', async () => {
      const port = await reacher.closedPort()
      expect(await reacher.failure(`qemu+tcp://127.0.0.1:${port}/system`)).toMatchObject({
        kind: 'unreachable',
        message: `127.0.0.1:${port} refuses connections on this port`,
        cure: expect.stringMatching(/libvirtd-tcp\.socket.*listen_tcp = 1/),
      })
    })

    it('refuses to sign in where the password could be read, and names the safe ways', async () => {
      const sasl = { mechanisms: 'scram-sha-256 plain', users: { alice: password } }
      const extra = await host.startExtraDaemon({ tcp: { auth: 'sasl' }, sasl })
      expect(
        await reacher.failure(`test+tcp://127.0.0.1:${await reacher.portTo(extra.tcpPort)}/default`),
      ).toMatchObject({
        kind: 'unsupported',
        message: 'libvirt on 127.0.0.1 lets nobody sign in safely over plain TCP',
        cure: expect.stringMatching(/test\+tls:\/\/ or test\+ssh:\/\//),
      })
      expect(reacher.prompts).toEqual([])
      await extra.stop()
    })

    it('says in time that the daemon is stuck', async () => {
      const extra = await host.startExtraDaemon({ tcp: { auth: 'none' } })
      const uri = `test+tcp://127.0.0.1:${await reacher.portTo(extra.tcpPort)}/default`
      await extra.freeze()
      expect(await reacher.failure(uri)).toMatchObject({
        kind: 'timed-out',
        message: "The host's libvirt does not answer",
        cure: expect.stringContaining('Restart the daemon'),
      })
      await extra.thaw()
      await extra.stop()
    })
  })

  describe('by TLS with a name and password', () => {
    let strong: ExtraDaemon
    let plain: ExtraDaemon
    let foreign: ExtraDaemon
    const start = (mechanisms: string) =>
      host.startExtraDaemon({
        tls: { authority: lab.authority, auth: 'sasl' },
        sasl: { mechanisms, users: { alice: password } },
      })
    const uriOf = async (extra: ExtraDaemon, params = '', user = '') =>
      `test+tls://${user}127.0.0.1:${await reacher.portTo(extra.tlsPort)}/default?pkipath=${lab.pkiPath}${params}`

    beforeAll(async () => {
      strong = await start('scram-sha-256 digest-md5 plain')
      plain = await start('plain')
      foreign = await start('digest-md5')
    })

    afterAll(async () => {
      await Promise.all([strong, plain, foreign].map((extra) => extra.stop()))
    })

    it('asks once, begins with the name in the URI, and signs in by SCRAM', async () => {
      const { session, prompts, log } = await reacher.connect(await uriOf(strong, '', 'alice@'), {
        answers: [right],
      })
      expect(prompts).toEqual([
        {
          kind: 'credentials',
          service: 'libvirt on 127.0.0.1',
          address: '127.0.0.1',
          user: 'alice',
          isRetry: false,
        },
      ])
      expect(await session.listVms()).toHaveLength(1)
      expect(log).toContain('Signed in as alice (SASL)')
      expect(log.join('\n')).not.toContain(password)
    })

    it('needs no more answers for further connections of the session', async () => {
      const { session, prompts } = await reacher.connect(await uriOf(strong), { answers: [right] })
      const [vm] = await session.listVms()
      // saving runs on a connection of its own
      await session.power(vm?.id ?? never(), 'save', calm())
      await session.power(vm?.id ?? never(), 'restore', calm())
      expect(prompts).toHaveLength(1)
    })

    it.each(['SCRAM-SHA-256', 'PLAIN'])('takes %s when the URI says so', async (mechanism) => {
      const uri = await uriOf(strong, `&auth=sasl.${mechanism}`)
      const { session } = await reacher.connect(uri, { answers: [right] })
      expect(session.info.hypervisor).toBe('TEST')
    })

    it('signs in by PLAIN where nothing better is offered', async () => {
      const { session } = await reacher.connect(await uriOf(plain), { answers: [right] })
      expect(session.info.hypervisor).toBe('TEST')
    })

    it('asks again when the password was wrong, and is content with the right one', async () => {
      const { prompts } = await reacher.connect(await uriOf(strong), { answers: [wrong, right] })
      expect(prompts.map((prompt) => 'isRetry' in prompt && prompt.isRetry)).toEqual([false, true])
      expect(prompts[1]).toMatchObject({ user: 'alice' })
    })

    it.each([
      ['SCRAM-SHA-256', () => strong],
      ['PLAIN', () => plain],
    ])('gives up after three wrong passwords by %s, and says where to set one', async (_, daemon) => {
      const error = await reacher.failure(await uriOf(daemon()), { answers: [wrong, wrong, wrong] })
      expect(error).toMatchObject({
        kind: 'auth-failed',
        message: 'libvirt on 127.0.0.1 refuses the name "alice" or its password',
        cure: expect.stringContaining('saslpasswd2 -a libvirt alice'),
      })
      expect(JSON.stringify([error, reacher.log])).not.toContain('canary')
    })

    describe('kept in an auth file', () => {
      let folder: string
      let file: string
      const write = (name: string, word: string) =>
        writeFile(
          file,
          `[credentials-lab]\nauthname=${name}\npassword=${word}\n[auth-libvirt-127.0.0.1]\ncredentials=lab\n`,
          { mode: 0o600 },
        )

      beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), 'innkeeper-auth-'))
        file = join(folder, 'auth.conf')
      })

      afterAll(() => rm(folder, { recursive: true }))

      it('signs in without a question', async () => {
        await write('alice', password)
        const { prompts, log } = await reacher.connect(await uriOf(strong, `&authfile=${file}`))
        expect(prompts).toEqual([])
        expect(log).toContain("Name and password from libvirt's auth file")
        expect(log.join('\n')).not.toContain(password)
      })

      it('asks when the file is wrong, beginning with its name', async () => {
        await write('alice', 'out-of-date')
        const { prompts } = await reacher.connect(await uriOf(strong, `&authfile=${file}`), {
          answers: [right],
        })
        expect(prompts).toMatchObject([{ kind: 'credentials', user: 'alice', isRetry: false }])
      })

      it('says that the file named in the URI is not there', async () => {
        expect(await reacher.failure(await uriOf(strong, `&authfile=${folder}/none`))).toMatchObject({
          kind: 'invalid',
          message: expect.stringContaining(`${folder}/none`),
        })
      })
    })

    it('ends when the question is dismissed', async () => {
      expect(await reacher.failure(await uriOf(strong), { answers: [null] })).toMatchObject({
        kind: 'cancelled',
      })
    })

    it('says what the host offers when none of it is spoken here, and what to set there', async () => {
      expect(await reacher.failure(await uriOf(foreign))).toMatchObject({
        kind: 'unsupported',
        message: 'libvirt on 127.0.0.1 offers only DIGEST-MD5 to sign in',
        cure: expect.stringContaining('mech_list: scram-sha-256'),
      })
    })

    it('says so when the URI insists on a name and password that the host does not want', async () => {
      const uri = `qemu+tls://127.0.0.1:${await reacher.portTo(16_514)}/system?pkipath=${lab.pkiPath}&auth=sasl`
      expect(await reacher.failure(uri)).toMatchObject({ kind: 'unsupported', field: 'uri' })
    })
  })
})

const calm = () => ({ signal: new AbortController().signal, onProgress: () => undefined })

function never(): never {
  throw new Error('there is no VM')
}
