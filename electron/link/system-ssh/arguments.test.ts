import { describe, expect, it } from 'vitest'
import { sshArguments } from './arguments'
import { sshEnvironment } from './environment'
import { keepalive, parseSettings, undoing } from './settings'

describe('words for ssh', () => {
  it('place the host behind "--" and the command after it', () => {
    expect(sshArguments({ host: 'web' }, ['-N'], ["'a b'"])).toEqual(['-T', '-N', '--', 'web', "'a b'"])
  })

  it('carry what the user chose', () => {
    const target = {
      host: 'web',
      port: 2222,
      user: 'dom\\maria',
      keyFile: '/k/100% "mine"',
      knownHostsFile: '/k/my "known" %h',
      knownHostsVerify: 'auto',
      configFile: '/c',
      isSilent: true,
    }
    expect(sshArguments(target, [])).toEqual([
      ...['-F', '/c', '-p', '2222', '-l', 'dom\\maria'],
      ...['-i', '/k/100%% "mine"', '-o', 'IdentitiesOnly=yes'],
      ...['-o', 'UserKnownHostsFile="/k/my \\"known\\" %%h"'],
      ...['-o', 'StrictHostKeyChecking=accept-new', '-o', 'BatchMode=yes'],
      ...['-T', '--', 'web'],
    ])
  })

  it.each(['-oProxyCommand=id', '', 'a b', 'a;b', '$(id)', 'a\nb', "a'b", 'a\\', 'a|b'])(
    'refuse the name %j',
    (name) => {
      expect(() => sshArguments({ host: name }, [])).toThrow('cannot be used with ssh')
      expect(() => sshArguments({ host: 'web', user: name }, [])).toThrow('cannot be used with ssh')
    },
  )

  it('refuse hosts that ssh would take apart', () => {
    expect(() => sshArguments({ host: 'eve@web' }, [])).toThrow('cannot be used with ssh')
    expect(() => sshArguments({ host: 'ssh://web' }, [])).toThrow('cannot be used with ssh')
    expect(sshArguments({ host: 'web', user: 'maria@EXAMPLE.COM' }, [])).toContain('maria@EXAMPLE.COM')
  })

  it.each(['web', 'fe80::1%eth0', '10.0.0.5', 'a_b.example.com', 'żółw'])('take the host %s', (host) => {
    expect(sshArguments({ host }, []).at(-1)).toBe(host)
  })

  it.each(['/k/${HOME}', '/k/a\nb'])('refuse the path %j, which ssh would change', (keyFile) => {
    expect(() => sshArguments({ host: 'web', keyFile }, [])).toThrow('cannot be given the path')
  })

  it('never turn off the check of host keys', () => {
    expect(sshArguments({ host: 'web', knownHostsVerify: 'ignore' }, []).join(' ')).not.toContain('Strict')
    expect(sshArguments({ host: 'web', knownHostsVerify: 'normal' }, [])).toContain(
      'StrictHostKeyChecking=ask',
    )
    expect(() => sshArguments({ host: 'web', knownHostsVerify: 'maybe' }, [])).toThrow('no way to verify')
  })
})

describe('the settings of ssh', () => {
  it('leave an interval of the user alone and give one where there is none', () => {
    expect(keepalive(parseSettings('hostname web\nserveraliveinterval 30\n'))).toEqual([])
    expect(keepalive(parseSettings('hostname web\nserveraliveinterval 0\n'))).toContain(
      'ServerAliveInterval=5',
    )
  })

  it('are overruled only where they would change what our connection is', () => {
    const settings = parseSettings('hostname web\nremotecommand tmux attach\nsessiontype none\n')
    expect(undoing(settings)).toEqual(['-o', 'RemoteCommand=none', '-o', 'SessionType=default'])
    expect(undoing(parseSettings('hostname web\nforkafterauthentication no\n'))).toEqual([])
  })

  it('cannot come from something that is no OpenSSH', () => {
    expect(() => parseSettings('usage: plink')).toThrow('is not OpenSSH')
  })
})

describe('the environment of ssh', () => {
  it('has messages in English and letters as the user has them', () => {
    const env = sshEnvironment({ from: { LC_ALL: 'pl_PL.UTF-8', LANGUAGE: 'pl', LANG: 'C' } })
    expect(env).toEqual({ LC_MESSAGES: 'C', LC_CTYPE: 'pl_PL.UTF-8' })
  })

  it('has a way to ask only where one is given, and no agent where none is wanted', () => {
    const from = { SSH_AUTH_SOCK: '/a', DISPLAY: ':1' }
    expect(sshEnvironment({ from, agent: '' })).toEqual({ LC_MESSAGES: 'C', DISPLAY: ':1' })
    expect(sshEnvironment({ from, askpass: '/f/askpass' })).toMatchObject({
      SSH_AUTH_SOCK: '/a',
      SSH_ASKPASS: '/f/askpass',
      SSH_ASKPASS_REQUIRE: 'force',
      DISPLAY: ':1',
    })
  })
})
