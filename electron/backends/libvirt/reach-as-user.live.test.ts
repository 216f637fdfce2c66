import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLab, type Lab, type LabHost } from '../../../e2e/lab/lab'
import type { ErrorData } from '../../../shared/errors'
import type { HostInfo } from '../../../shared/model/host'

interface Outcome {
  readonly info?: HostInfo
  readonly vms?: number
  readonly error?: ErrorData
  readonly log: readonly string[]
}

/** Innkeeper started by somebody who is not root, on the host itself. */
describe('this computer, for a user without rights', () => {
  let lab: Lab
  let host: LabHost
  let folder: string
  let script: string
  const runtime = '/run/user/4711'

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-user-'))
    await chmod(folder, 0o755)
    script = join(folder, 'connect.cjs')
    await build({
      entryPoints: [fileURLToPath(new URL('./testing/connect-script.ts', import.meta.url))],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node18',
      outfile: script,
      // optional parts of ssh2
      external: ['cpu-features', '*.node'],
      logLevel: 'error',
    })
    await host.exec(['install', '-d', '-o', 'ann', '-g', 'ann', '-m', '700', '/run/user', runtime])
    await host.exec(['chmod', '755', '/run/user'])
  })

  afterAll(async () => {
    await rm(folder, { recursive: true })
    await lab.stop()
  })

  const connect = async (request: object): Promise<Outcome> => {
    const asAnn = ['setpriv', '--reuid=4711', '--regid=4711', '--clear-groups']
    const env = ['env', '-i', `PATH=${process.env['PATH']}`, 'HOME=/home/ann', `XDG_RUNTIME_DIR=${runtime}`]
    const words = [...asAnn, ...env, process.execPath, script, JSON.stringify(request)]
    return JSON.parse(await host.exec(words)) as Outcome
  }

  it('starts the session daemon of the user, and finds it running the next time', async () => {
    const first = await connect({ uri: 'qemu:///session' })
    expect(first).toMatchObject({ info: { connectedUri: 'qemu:///session', isReadOnly: false }, vms: 0 })
    expect(first.log).toContain('Started libvirtd')
    expect(first.log).toContain(`Using ${runtime}/libvirt/libvirt-sock`)
    const second = await connect({ uri: 'qemu:///session' })
    expect(second.info).toBeDefined()
    expect(second.log).not.toContain('Started libvirtd')
  })

  it('says that the system may not be opened, and how it may', async () => {
    const { error } = await connect({ uri: 'qemu:///system' })
    expect(error).toMatchObject({
      kind: 'denied',
      message: 'Your account may not open /var/run/libvirt/libvirt-sock',
      cure: expect.stringMatching(/usermod -aG libvirt.*log out.*read-only/),
      detail: expect.stringContaining('EACCES'),
    })
  })

  it('lets the user look at the system when that is all they ask for', async () => {
    const outcome = await connect({ uri: 'qemu:///system', readOnly: true })
    expect(outcome).toMatchObject({ info: { connectedUri: 'qemu:///system', isReadOnly: true } })
    expect(outcome.log).toContain('Using /var/run/libvirt/libvirt-sock-ro')
  })

  it('takes the daemon for one hypervisor before the one for all, unless told otherwise', async () => {
    // there is no virtqemud here: its socket leads to the daemon there is
    const socket = '/run/libvirt/virtqemud-sock-ro'
    await host.exec(['ln', '-s', 'libvirt-sock-ro', socket])
    try {
      const modular = await connect({ uri: 'qemu:///system', readOnly: true })
      expect(modular.log).toContain('Using /var/run/libvirt/virtqemud-sock-ro')
      const legacy = await connect({ uri: 'qemu:///system?mode=legacy', readOnly: true })
      expect(legacy.log).toContain('Using /var/run/libvirt/libvirt-sock-ro')
      const direct = await connect({ uri: 'qemu:///system?mode=direct', readOnly: true })
      expect(direct.log).toContain('Using /var/run/libvirt/virtqemud-sock-ro')
    } finally {
      await host.exec(['rm', socket])
    }
  })

  it('says which certificate the user may not read, before anything is dialled', async () => {
    // the folder of the lab is root's own
    const { error } = await connect({ uri: `qemu+tls://127.0.0.1:1/system?pkipath=${lab.pkiPath}` })
    expect(error).toMatchObject({
      kind: 'denied',
      message: `The certificate of the authority ${lab.pkiPath}/cacert.pem cannot be read`,
      cure: expect.stringMatching(/640.*~\/\.pki\/libvirt/),
      detail: expect.stringContaining('EACCES'),
    })
  })

  it('says that no daemon runs when there is no socket', async () => {
    const { error } = await connect({ uri: 'xen:///system?mode=direct' })
    expect(error).toMatchObject({
      kind: 'unreachable',
      message: 'libvirt is not running on this computer',
      detail: 'No socket at /var/run/libvirt/virtxend-sock',
    })
  })
})
