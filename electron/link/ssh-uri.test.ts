import { describe, expect, it } from 'vitest'
import { sshUriOptions } from './ssh-uri'

const read = (params: Record<string, string>): ReturnType<typeof sshUriOptions> =>
  sshUriOptions((name) => params[name])

describe('ssh in libvirt URIs', () => {
  it('leaves everything to the ssh settings when the URI says nothing', () => {
    expect(read({})).toEqual({ hostKeyPolicy: undefined, ways: undefined, isQuiet: undefined })
  })

  it.each([
    [{ known_hosts_verify: 'normal' }, 'ask'],
    [{ known_hosts_verify: 'AUTO' }, 'accept-new'],
    [{ known_hosts_verify: 'ignore' }, 'ignore'],
    [{ no_verify: '1' }, 'accept-new'],
    [{ no_verify: '0' }, undefined],
    [{ no_verify: '1', known_hosts_verify: 'normal' }, 'ask'],
  ])('reads how host keys are checked: %j', (params, policy) => {
    expect(read(params).hostKeyPolicy).toBe(policy)
  })

  it('keeps the order of the ways to sign in', () => {
    expect(read({ sshauth: 'password,Privkey,agent,keyboard-interactive' }).ways).toEqual([
      'password',
      'key-files',
      'agent',
      'keyboard-interactive',
    ])
  })

  it.each([
    [{ known_hosts_verify: 'perhaps' }, 'known_hosts_verify=perhaps means nothing', 'normal, auto or ignore'],
    [{ sshauth: 'agent,telepathy' }, '"telepathy" is not a way to sign in', 'agent, privkey, password'],
    [{ no_tty: 'yes' }, 'no_tty=yes is not a number', 'no_tty=1'],
  ])('refuses what libvirt would refuse: %j', (params, message, cure) => {
    expect(() => read(params)).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        field: 'uri',
        message: expect.stringContaining(message),
        cure: expect.stringContaining(cure),
      }),
    )
  })
})
