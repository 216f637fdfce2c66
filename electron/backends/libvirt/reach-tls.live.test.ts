import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  clientFolder,
  makeAuthority,
  startLab,
  type ExtraDaemon,
  type Lab,
  type LabHost,
} from '../../../e2e/lab/lab'
import type { Authority } from '../../../e2e/lab/pki'
import { errorData } from '../../../shared/errors'
import { Reacher } from './testing/reacher'

/** TLS to a real daemon, and everything that can be wrong with certificates on either side. */
describe('a host reached by TLS', () => {
  let lab: Lab
  let host: LabHost
  let reacher: Reacher
  let folder: string
  let stranger: Authority

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    reacher = new Reacher(lab, host)
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-reach-'))
    stranger = await makeAuthority(join(folder, 'stranger'), 'Another authority')
  })

  afterEach(() => reacher.closeSessions())

  afterAll(async () => {
    await reacher.stop()
    await rm(folder, { recursive: true })
    await lab.stop()
  })

  const daemon = (tls: Omit<Parameters<LabHost['startExtraDaemon']>[0]['tls'] & object, 'authority'> = {}) =>
    host.startExtraDaemon({ tls: { authority: lab.authority, ...tls } })
  const uriOf = async (port: number, params: string, driver = 'test', path = '/default') =>
    `${driver}+tls://127.0.0.1:${await reacher.portTo(port)}${path}?${params}`
  const within = async (extra: ExtraDaemon, params = `pkipath=${lab.pkiPath}`) => uriOf(extra.tlsPort, params)

  it('shows its VMs when the certificates of both sides are in order', async () => {
    const uri = await uriOf(16_514, `pkipath=${lab.pkiPath}`, 'qemu', '/system')
    const { session, log } = await reacher.connect(uri)
    expect(session.info).toMatchObject({ hypervisor: 'QEMU', hostname: 'labA', isReadOnly: false })
    expect(await session.listVms()).toEqual(expect.any(Array))
    expect(log.join('\n')).toMatch(/Encrypted by TLSv1\.3/)
  })

  it('is refused when its certificate has expired, with the date', async () => {
    const extra = await daemon({ from: '20200101000000Z', until: '20200201000000Z' })
    expect(await reacher.failure(await within(extra))).toMatchObject({
      kind: 'denied',
      message: expect.stringMatching(/^The certificate of 127\.0\.0\.1:\d+ expired on 2020-02-01$/),
      cure: expect.stringMatching(/new one made for the host.*clock of this computer/),
    })
    await extra.stop()
  })

  it('is refused when its certificate is not valid yet, with the date', async () => {
    const extra = await daemon({ from: '20440101000000Z', until: '20450101000000Z' })
    expect(await reacher.failure(await within(extra))).toMatchObject({
      kind: 'denied',
      message: expect.stringMatching(/is valid only from 2044-01-01 on$/),
      cure: expect.stringContaining('clock of this computer'),
    })
    await extra.stop()
  })

  it('is refused when its certificate is for other names, which are listed', async () => {
    const extra = await daemon({ names: ['DNS:db.example.com', 'IP:192.0.2.7'] })
    expect(await reacher.failure(await within(extra))).toMatchObject({
      kind: 'denied',
      message: expect.stringMatching(/is not for 127\.0\.0\.1$/),
      cure: expect.stringContaining('db.example.com, 192.0.2.7'),
    })
    // the user may choose to look away, and the log says so
    const { session, log } = await reacher.connect(await within(extra, `pkipath=${lab.pkiPath}&no_verify=1`))
    expect(session.info.hypervisor).toBe('TEST')
    expect(log.join('\n')).toContain('no_verify is set')
    await extra.stop()
  })

  it('is refused when another authority signed its certificate', async () => {
    const extra = await host.startExtraDaemon({ tls: { authority: stranger } })
    expect(await reacher.failure(await within(extra))).toMatchObject({
      kind: 'denied',
      message: expect.stringMatching(/signed by an authority this computer does not trust$/),
      cure: expect.stringContaining(`${lab.pkiPath}/cacert.pem`),
    })
    await extra.stop()
  })

  it('says that it wants a client certificate when this computer has none', async () => {
    const bare = join(folder, 'bare')
    await cp(lab.authority.certificate, join(bare, 'cacert.pem'))
    const uri = await uriOf(16_514, `pkipath=${bare}`, 'qemu', '/system')
    expect(await reacher.failure(uri)).toMatchObject({
      kind: 'auth-failed',
      message: expect.stringMatching(/wants a client certificate, and this computer has none$/),
      cure: expect.stringContaining(`${bare}/clientcert.pem`),
    })
    // a host that does not want one is content
    const extra = await daemon({ wantsClientCertificate: false })
    const { session } = await reacher.connect(await within(extra, `pkipath=${bare}`))
    expect(session.info.hypervisor).toBe('TEST')
    await extra.stop()
  })

  it('says that it refused our certificate when another authority signed that', async () => {
    const path = await clientFolder(stranger, join(folder, 'other'), {
      name: 'lab-client',
      trusts: lab.authority,
    })
    const uri = await uriOf(16_514, `pkipath=${path}`, 'qemu', '/system')
    expect(await reacher.failure(uri)).toMatchObject({
      kind: 'auth-failed',
      message: expect.stringContaining(`refused the client certificate ${path}/clientcert.pem`),
      cure: expect.stringContaining('signed by the authority the host trusts'),
    })
  })

  it('says that it refused our certificate when our name is not on its list', async () => {
    const extra = await daemon({ allowedNames: ['O=Innkeeper lab,CN=somebody else'] })
    expect(await reacher.failure(await within(extra))).toMatchObject({
      kind: 'auth-failed',
      cure: expect.stringContaining('tls_allowed_dn_list'),
      detail: expect.stringContaining('CN=lab-client'),
    })
    await extra.stop()
  })

  it('is not even dialled when our own certificate has expired', async () => {
    const path = await clientFolder(lab.authority, join(folder, 'expired'), {
      name: 'expired-client',
      from: '20200101000000Z',
      until: '20200201000000Z',
    })
    expect(await reacher.failure(`qemu+tls://127.0.0.1:1/system?pkipath=${path}`)).toMatchObject({
      kind: 'invalid',
      message: `The client certificate ${path}/clientcert.pem expired on 2020-02-01`,
      cure: expect.stringContaining('signed by the authority'),
    })
  })

  it('is not even dialled when files are missing', async () => {
    const path = join(folder, 'nothing')
    expect(await reacher.failure(`qemu+tls://127.0.0.1:1/system?pkipath=${path}`)).toMatchObject({
      kind: 'invalid',
      message: `There is no certificate authority at ${path}/cacert.pem`,
      cure: expect.stringContaining('pkipath='),
    })
    await cp(lab.pkiPath, path, { recursive: true })
    await rm(join(path, 'clientkey.pem'))
    expect(await reacher.failure(`qemu+tls://127.0.0.1:1/system?pkipath=${path}`)).toMatchObject({
      kind: 'invalid',
      message: `There is no file ${path}/clientkey.pem, though ${path}/clientcert.pem exists`,
    })
  })

  it('says how to turn the port on when nobody listens there', async () => {
    const port = await reacher.closedPort()
    expect(await reacher.failure(`qemu+tls://127.0.0.1:${port}/system?pkipath=${lab.pkiPath}`)).toMatchObject(
      {
        kind: 'unreachable',
        message: `127.0.0.1:${port} refuses connections on this port`,
        cure: expect.stringMatching(/libvirtd-tls\.socket.*listen_tls = 1.*firewall/),
      },
    )
  })

  it('says that a port is not one for TLS', async () => {
    const uri = await uriOf(22, `pkipath=${lab.pkiPath}`)
    expect(await reacher.failure(uri)).toMatchObject({
      kind: 'unreachable',
      message: expect.stringMatching(/does not speak TLS$/),
      cure: expect.stringContaining('16514'),
    })
  })

  it('says in time that its daemon is stuck', async () => {
    const extra = await daemon()
    const uri = await within(extra)
    await extra.freeze()
    expect(await reacher.failure(uri)).toMatchObject({
      kind: 'timed-out',
      cure: expect.stringContaining('Restart'),
    })
    await extra.thaw()
    await extra.stop()
  })

  it('tells that its daemon was killed, and ends what waits', async () => {
    const extra = await daemon()
    const { session } = await reacher.connect(await within(extra))
    const closed = new Promise<object>((resolve) => {
      session.onEvent((event) => event.kind === 'closed' && resolve(event))
    })
    const waiting = Array.from({ length: 10 }, () => session.listVms().catch(errorData))
    await extra.stop()
    expect(await closed).toMatchObject({ error: { kind: 'unreachable' } })
    for (const outcome of await Promise.all(waiting)) {
      if (!Array.isArray(outcome)) expect(outcome).toMatchObject({ kind: 'unreachable' })
    }
    expect(await session.listVms().catch(errorData)).toMatchObject({ kind: 'unreachable' })
  })

  it('lets nothing be changed when it is opened for looking only', async () => {
    const extra = await daemon()
    const { session } = await reacher.connect(await within(extra), { readOnly: true })
    expect(session.info.isReadOnly).toBe(true)
    await reacher.expectReadOnly(session)
    await extra.stop()
  })
})
