import { describe, expect, it } from 'vitest'
import { lostReason, sshFailure, type FailureContext } from './failures'

const plain: FailureContext = { address: '[web]:2222', user: 'maria' }
const proxied: FailureContext = { ...plain, isProxied: true }

describe('why ssh ended', () => {
  it.each([
    [
      'ssh: Could not resolve hostname wep: Name or service not known',
      'unreachable',
      'wep is not a known host name',
    ],
    [
      'ssh: Could not resolve hostname wep: nodename nor servname provided, or not known',
      'unreachable',
      'wep is not a known host name',
    ],
    [
      'ssh: Could not resolve hostname wep: Temporary failure in name resolution',
      'unreachable',
      'wep could not be looked up',
    ],
    ['ssh: connect to host 10.0.0.5 port 22: No route to host', 'unreachable', '10.0.0.5 cannot be reached'],
    [
      'ssh: connect to host 10.0.0.5 port 22: Network is unreachable',
      'unreachable',
      '10.0.0.5 cannot be reached: no network leads there',
    ],
    [
      'ssh: connect to host 10.0.0.5 port 2222: Connection timed out',
      'unreachable',
      '[10.0.0.5]:2222 does not answer',
    ],
    [
      'Received disconnect from 10.0.0.5 port 22:2: Too many authentication failures',
      'auth-failed',
      '[web]:2222 allows no more tries to sign in',
    ],
    [
      'maria@web: Permission denied (publickey,keyboard-interactive).',
      'auth-failed',
      '[web]:2222 refused to sign in maria (it accepts publickey, keyboard-interactive)',
    ],
    [
      'Permission denied, please try again.\nmaria@web: Permission denied (publickey,password).',
      'auth-failed',
      '[web]:2222 refused to sign in maria (it accepts publickey, password)',
    ],
    [
      'Unable to negotiate with 10.0.0.5 port 22: no matching host key type found. Their offer: ssh-rsa,ssh-dss',
      'unsupported',
      "[web]:2222 and this computer's ssh have no common host key type",
    ],
    [
      'kex_exchange_identification: read: Connection reset by peer',
      'unreachable',
      'What answers at [web]:2222 is not an ssh server, or it hung up at once',
    ],
    ['Connection timed out during banner exchange', 'timed-out', '[web]:2222 did not answer in time'],
    [
      'ssh_askpass: exec(/tmp/ik-a/askpass): Permission denied\r\nmaria@web: Permission denied (password).',
      'denied',
      'ssh cannot ask Innkeeper for passwords',
    ],
    [
      'Bad owner or permissions on /home/m/.ssh/config',
      'invalid',
      'ssh does not accept its own settings in /home/m/.ssh/config',
    ],
    [
      'unknown option -- M\nusage: ssh [-46]',
      'unsupported',
      'The ssh program of this computer does not know the options Innkeeper needs',
    ],
    [
      'No ED25519 host key is known for web and you have requested strict checking.\nHost key verification failed.',
      'denied',
      'The key of [web]:2222 is not known, and your ssh settings allow no unknown keys',
    ],
    ['something new', 'unreachable', 'The ssh connection to [web]:2222 could not be opened'],
    ['', 'unreachable', 'The ssh connection to [web]:2222 could not be opened'],
  ])('%s', (text, kind, message) => {
    const error = sshFailure(text, plain)
    expect(error).toMatchObject({ kind, message, detail: text.trim() || undefined })
    expect(error.cure).not.toBe('')
  })

  it('names the jump host that cannot be reached, rather than the host behind it', () => {
    const text =
      'ssh: connect to host jump port 22: Connection refused\nkex_exchange_identification: Connection closed by remote host\nConnection closed by UNKNOWN port 65535'
    expect(sshFailure(text, proxied)).toMatchObject({
      message: 'The jump host jump refuses connections on this port',
    })
  })

  it('says what the jump host says about the host', () => {
    const text =
      'channel 0: open failed: connect failed: No route to host\nstdio forwarding failed\nConnection closed by UNKNOWN port 65535'
    expect(sshFailure(text, proxied)).toMatchObject({
      message: 'The jump host cannot reach [web]:2222: connect failed: No route to host',
    })
  })

  it('names the jump host that refuses to sign in', () => {
    const text = 'bob@jump: Permission denied (publickey).\nConnection closed by UNKNOWN port 65535'
    expect(sshFailure(text, proxied)).toMatchObject({
      kind: 'auth-failed',
      message: 'jump refused to sign in bob (it accepts publickey)',
    })
  })

  it('blames the settings when a ProxyCommand ends without a word', () => {
    expect(sshFailure('Connection closed by UNKNOWN port 65535', proxied)).toMatchObject({
      message: 'The way to [web]:2222 that your ssh settings prescribe does not work',
    })
  })

  it('names file, line and cure of a changed key', () => {
    const text = [
      '@@@@@@@@@@@',
      '@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @',
      'Offending ED25519 key in /home/m/.ssh/known_hosts:7',
      'Host key for web has changed and you have requested strict checking.',
      'Host key verification failed.',
    ].join('\n')
    expect(sshFailure(text, plain)).toMatchObject({
      kind: 'denied',
      message:
        'The key of web is not the one on record, /home/m/.ssh/known_hosts line 7, so it may be another machine',
      cure: expect.stringContaining("ssh-keygen -R 'web' -f '/home/m/.ssh/known_hosts'"),
    })
  })

  it('tells a host that fell silent from other losses', () => {
    expect(lostReason('Timeout, server web not responding.\n')).toMatchObject({ level: 'client-timeout' })
    expect(lostReason('Connection to web closed by remote host.')).not.toHaveProperty('level')
  })
})
