import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sshConnections } from '../../../e2e/lab/faults/sshd'
import { startLab, type Lab, type LabHost } from '../../../e2e/lab/lab'
import type { PromptAnswer } from '../../../shared/model/prompt'
import { Reacher, type ReachOptions } from './testing/reacher'

const say = (value: string): PromptAnswer => ({ kind: 'text', values: [value] })

describe('a host reached by the computer’s own ssh', () => {
  let lab: Lab
  let host: LabHost
  let reacher: Reacher

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    reacher = new Reacher(lab, host)
  })
  afterEach(async () => {
    await reacher.closeSessions()
    await expect.poll(() => sshConnections(host), { timeout: 10_000 }).toBe(0)
  })
  afterAll(async () => {
    await reacher.stop()
    await lab.stop()
  })

  const system = (more: ReachOptions = {}): ReachOptions => ({ sshEngine: 'system', ...more })
  const uri = async (params = '', path = '/system'): Promise<string> =>
    `qemu+ssh://${host.user}@127.0.0.1:${await reacher.portTo(22)}${path}?known_hosts=/dev/null${params}`

  it('asks for the password of the account there, and again when it was wrong', async () => {
    const answers = [say('canary-wrong'), say(host.password)]
    const { session, prompts, log } = await reacher.connect(await uri(), system({ answers }))
    expect(session.info.connectedUri).toBe('qemu:///system')
    const address = `[127.0.0.1]:${await reacher.portTo(22)}`
    expect(prompts).toEqual([
      { kind: 'password', user: host.user, address, isRetry: false },
      { kind: 'password', user: host.user, address, isRetry: true },
    ])
    expect(log.join('\n')).not.toMatch(/canary|debug/)
    expect(log.join('\n')).not.toContain(host.password)
  })

  it('is one connection, whatever is asked of it', async () => {
    const { session } = await reacher.connect(await uri(), system({ keyFile: host.keyFile }))
    await Promise.all(Array.from({ length: 10 }, () => session.listVms()))
    expect(await sshConnections(host)).toBe(1)
  })

  it('reaches the daemon by its socket where the URI wants no helper', async () => {
    const { log } = await reacher.connect(await uri('&proxy=netcat'), system({ keyFile: host.keyFile }))
    expect(log.join('\n')).not.toContain('virt-ssh-helper')
  })

  it('asks nothing where the URI forbids it, and says what is needed', async () => {
    expect(await reacher.failure(await uri('&no_tty=1'), system())).toMatchObject({
      kind: 'denied',
      cure: 'Connect once with ssh in a terminal and accept the key there',
    })
    const known = `&no_tty=1&known_hosts_verify=auto`
    expect(await reacher.failure(await uri(known), system())).toMatchObject({
      kind: 'auth-failed',
      cure: 'Use a key without a passphrase or an ssh agent: ssh cannot ask for passwords here',
    })
  })

  it('uses the ssh program that the URI names', async () => {
    expect(await reacher.failure(await uri('&command=/nowhere/ssh'), system())).toMatchObject({
      kind: 'not-found',
      message: 'The program /nowhere/ssh is not installed on this computer',
    })
  })
})
