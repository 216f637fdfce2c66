import { execFileSync } from 'node:child_process'
import { createServer, type Server } from 'node:net'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeKey, startSshServer } from '../link/testing/ssh-server'
import { startSshd, type TestSshd } from '../link/testing/sshd'
import { diagnose } from './testing/diagnose'
import { freePort, startOwnLibvirtd, type OwnLibvirtd } from './testing/own-libvirtd'

const open: { stop(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()))
})

async function sshd(...settings: string[]): Promise<TestSshd> {
  const started = await startSshd(settings)
  open.push(started)
  return started
}

let libvirtd: OwnLibvirtd
beforeAll(async () => {
  libvirtd = await startOwnLibvirtd({ transport: 'tcp', settings: ['auth_tcp = "none"'] })
})
afterAll(() => libvirtd.stop())

const uriOf = (server: { port: number; knownHostsFile: string }, user = 'root'): string =>
  `test+ssh://${user}@127.0.0.1:${server.port}/default?known_hosts=${server.knownHostsFile}&socket=${libvirtd.socket}`

describe('a diagnosis by ssh', () => {
  it('finds every step in order where the host works, signs in once and asks nothing', async () => {
    const server = await sshd()
    const { states, asked, step } = await diagnose(uriOf(server), { keyFile: server.keyFile })
    expect(states).toBe(
      'uri:ok ssh-config:ok name:ok port:ok ssh-server:ok host-key:ok keys:ok methods:ok sign-in:ok command:ok ' +
        'installed:ok service:ok socket:ok access:ok route:ok auth:ok open-read-only:ok open-read-write:ok kvm:skipped',
    )
    expect(asked).toEqual([])
    expect(server.signIns()).toBe(1)
    expect(step('open-read-write').found).toBe('TEST opens to manage')
    expect(step('methods').facts).toEqual(['The host accepts: publickey'])
  })

  it('goes the way of the system’s ssh where the host is set to it', async () => {
    const server = await sshd()
    const { states, step } = await diagnose(uriOf(server), { keyFile: server.keyFile, sshEngine: 'system' })
    expect(states).toContain(
      'ssh-config:ok name:ok port:ok ssh-server:ok host-key:ok keys:ok methods:ok sign-in:ok',
    )
    expect(step('open-read-write')).toMatchObject({ state: 'ok', found: 'TEST opens to manage' })
  })

  it('follows aliases and jump hosts of the ssh settings, and says which steps they replace', async () => {
    const server = await sshd()
    const home = join(server.directory, 'home')
    await mkdir(join(home, '.ssh'), { recursive: true })
    const common = `Port ${server.port}\nUser root\nIdentityFile ${server.keyFile}\nUserKnownHostsFile ${server.knownHostsFile}\n`
    await writeFile(
      join(home, '.ssh', 'config'),
      `Host far\nHostName localhost\nHostKeyAlias [127.0.0.1]:${server.port}\nProxyJump gate\nHost inn far gate\nHostName 127.0.0.1\n${common}`,
    )
    const before = process.env['HOME']
    process.env['HOME'] = home
    try {
      const inn = await diagnose(`test+ssh://inn/default?socket=${libvirtd.socket}`)
      expect(inn.step('ssh-config').facts).toEqual(['inn stands for 127.0.0.1', `Port ${server.port}`])
      expect(inn.step('keys').facts?.[0]).toContain(server.keyFile)
      expect(inn.step('open-read-write').state).toBe('ok')
      const far = await diagnose(`test+ssh://far/default?socket=${libvirtd.socket}`)
      expect(far.states).toContain('name:skipped port:skipped ssh-server:skipped host-key:skipped keys:ok')
      expect(far.step('port').found).toBe('The port is reached over jump host gate')
      expect(far.step('open-read-write').state).toBe('ok')
      expect(inn.asked.length + far.asked.length).toBe(0)
    } finally {
      process.env['HOME'] = before
    }
  })

  it('changes nothing: an unknown host key stays unknown unless the user accepts it', async () => {
    const server = await sshd()
    const list = join(server.directory, 'empty')
    await writeFile(list, '')
    const uri = uriOf({ ...server, knownHostsFile: list })
    const { step, asked, failed } = await diagnose(uri, { keyFile: server.keyFile })
    expect(step('host-key')).toMatchObject({ state: 'warning', found: 'The host key is not on record yet' })
    expect(step('host-key').facts?.[0]).toMatch(/^The host shows ssh-ed25519 SHA256:/)
    expect(asked.map(({ kind }) => kind)).toEqual(['host-key'])
    expect(step('sign-in').state).toBe('skipped')
    expect(failed).toBe(undefined)
    expect(await readFile(list, 'utf8')).toBe('')
  })

  it('stops at a changed host key, with both fingerprints and the command that forgets the old one', async () => {
    const server = await sshd()
    const list = join(server.directory, 'old')
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(server.directory, 'other')])
    const other = await readFile(join(server.directory, 'other.pub'), 'utf8')
    await writeFile(list, `[127.0.0.1]:${server.port} ${other}`)
    const { failed, step, asked } = await diagnose(uriOf({ ...server, knownHostsFile: list }), {
      keyFile: server.keyFile,
    })
    expect(failed).toMatchObject({ id: 'host-key', found: 'The host key is not the one on record' })
    expect(failed?.facts?.join('\n')).toMatch(/shows ssh-ed25519 SHA256:[^]*On record: ssh-ed25519 SHA256:/)
    const command = failed?.commands?.[0]?.text ?? ''
    execFileSync('sh', ['-c', command])
    expect(await readFile(list, 'utf8')).toBe('')
    expect(step('sign-in').found).toBe('Not looked at, because of "The host key is the right one"')
    expect(asked).toEqual([])
  })

  it('tells a key the host does not know from a wrong password', async () => {
    const server = await sshd()
    const stranger = join(server.directory, 'stranger')
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', stranger])
    const { failed } = await diagnose(uriOf(server), { keyFile: stranger })
    expect(failed).toMatchObject({ id: 'sign-in', recipe: 'sshd' })
    expect(failed?.found).toContain(`refused the key ${stranger} of root`)
    expect(failed?.cause).toContain('authorized_keys of root')
  })

  it('asks a password as connecting does, and only for signing in', async () => {
    const tries: string[] = []
    const server = await startSshServer({
      hostKeys: [makeKey()],
      authenticate: (context) => {
        if (context.method === 'password') tries.push(context.password)
        if (context.method === 'password' && context.password === 'right') context.accept()
        else context.reject(['password'])
      },
    })
    open.push({ stop: () => server.close() })
    const list = join((await sshd()).directory, 'list')
    const type = 'ssh-ed25519'
    await writeFile(list, `[127.0.0.1]:${server.port} ${type} ${server.publicKey.toString('base64')}\n`)
    const { step, asked } = await diagnose(uriOf({ port: server.port, knownHostsFile: list }, 'me'), {
      answer: () => ({ kind: 'text', values: ['right'] }),
    })
    expect(step('methods').found).toBe('The host takes passwords')
    expect(step('sign-in').state).toBe('ok')
    expect(asked).toHaveLength(1)
    expect(tries).toEqual(['right'])
  })

  it('notices a forced command that answers in place of a shell', async () => {
    const server = await sshd('ForceCommand echo This account is for backups only')
    const { failed } = await diagnose(uriOf(server), { keyFile: server.keyFile })
    expect(failed).toMatchObject({
      id: 'command',
      found: 'The account may not run ordinary commands on the host',
    })
    expect(failed?.detail).toContain('This account is for backups only')
  })

  it('names a closed port, and looks at no later step', async () => {
    const port = await freePort()
    const { failed, states } = await diagnose(uriOf({ port, knownHostsFile: '/nonexistent' }))
    expect(failed).toMatchObject({
      id: 'port',
      found: `Port ${port} of 127.0.0.1 refuses connections`,
      recipe: 'sshd',
    })
    expect(states).not.toMatch(/(ssh-server|host-key|methods|sign-in|open-read-write):ok/)
  })

  it('names a service that is not ssh', async () => {
    const server = await speaking('HTTP/1.1 400 Bad Request\r\n')
    const { failed } = await diagnose(uriOf({ port: server.port, knownHostsFile: '/nonexistent' }))
    expect(failed).toMatchObject({ id: 'ssh-server', detail: 'HTTP/1.1 400 Bad Request' })
  })

  it('names a host name nobody knows', async () => {
    const { failed, states } = await diagnose('qemu+ssh://root@no-such-host.invalid/system')
    expect(failed).toMatchObject({ id: 'name' })
    expect(failed?.found).toContain('no-such-host.invalid')
    expect(states).toContain('port:skipped')
  })

  it('names a chosen key file that is not there before anything is sent', async () => {
    const server = await sshd()
    const { failed, step } = await diagnose(uriOf(server), { keyFile: '/nonexistent/key' })
    expect(failed).toMatchObject({ id: 'keys', found: 'The key file /nonexistent/key does not exist' })
    expect(step('sign-in').state).toBe('skipped')
    expect(server.signIns()).toBe(0)
  })

  it('names a daemon that left its socket behind', async () => {
    const server = await sshd()
    const uri = uriOf(server).replace(libvirtd.socket, await staleSocket(server.directory))
    const { step } = await diagnose(uri, { keyFile: server.keyFile })
    expect(step('socket').state).toBe('ok')
    expect(step('auth').state).toBe('failed')
  })
})

describe('a diagnosis of this computer', () => {
  it('finds every step in order where the daemon works', async () => {
    const { states } = await diagnose(`test:///default?socket=${libvirtd.socket}`)
    expect(states).toBe(
      'uri:ok command:ok installed:ok service:ok socket:ok access:ok auth:ok open-read-only:ok open-read-write:ok kvm:skipped',
    )
  })

  it('tells a socket nobody listens at', async () => {
    const server = await sshd()
    const { failed } = await diagnose(`test:///default?socket=${await staleSocket(server.directory)}`)
    expect(failed).toMatchObject({ id: 'access', recipe: 'start-daemon' })
    expect(failed?.found).toContain('Nothing is listening')
    expect(failed?.cause).toContain('left over')
  })

  it('tells a socket that is not there', async () => {
    const { failed, step } = await diagnose('test:///default?socket=/nonexistent/libvirt-sock')
    expect(failed).toMatchObject({ id: 'socket', found: 'There is no socket to talk to' })
    expect(step('open-read-write').state).toBe('skipped')
  })

  it('tells a URI that cannot be used, and runs nothing else', async () => {
    const { states, failed } = await diagnose('qemu+shh://host/system')
    expect(states).toBe('uri:failed')
    expect(failed?.found).toContain('shh')
  })
})

async function speaking(text: string): Promise<{ port: number }> {
  const server: Server = createServer((socket) => void socket.on('error', () => undefined).end(text))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push({ stop: () => new Promise((resolve) => server.close(() => resolve())) })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port }
}

/** A socket file whose server has ended without taking it away, as one that is killed does. */
async function staleSocket(directory: string): Promise<string> {
  const path = join(directory, 'stale-sock')
  const script = `const s=require('node:net').createServer();s.listen(${JSON.stringify(path)},()=>process.kill(process.pid,'SIGKILL'))`
  try {
    execFileSync(process.execPath, ['-e', script], { stdio: 'ignore' })
  } catch {
    // killed, as wanted
  }
  return path
}
