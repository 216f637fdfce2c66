import { AppError } from '../../shared/errors'
import type { HostKeyPolicy } from './host-key'
import type { SignInWay } from './ssh-auth'
import type { SshLinkOptions } from './ssh-options'

/**
 * What a libvirt URI says about ssh (https://libvirt.org/uri.html, "ssh transport" and "libssh and libssh2
 * transport"). libvirt knows some of these for one of its ssh transports only; ours is one engine for all three.
 *
 * - `known_hosts_verify`: `normal` asks, `auto` accepts and remembers unknown keys, `ignore` checks none.
 * - `no_verify` (ssh): not zero = unknown keys are accepted and remembered, keys on record still count.
 * - `no_tty` (ssh): not zero = nothing is asked.
 * - `sshauth`: the ways to sign in and their order, out of agent, privkey, password, keyboard-interactive.
 */
export function sshUriOptions(
  param: (name: string) => string | undefined,
): Pick<SshLinkOptions, 'hostKeyPolicy' | 'ways' | 'isQuiet'> {
  return {
    hostKeyPolicy: policyOf(param('known_hosts_verify'), isSet('no_verify', param('no_verify'))),
    ways: waysOf(param('sshauth')),
    isQuiet: isSet('no_tty', param('no_tty')) ? true : undefined,
  }
}

function policyOf(verify: string | undefined, acceptsNew: boolean): HostKeyPolicy | undefined {
  switch (verify?.toLowerCase()) {
    case undefined:
      return acceptsNew ? 'accept-new' : undefined
    case 'normal':
      return 'ask'
    case 'auto':
      return 'accept-new'
    case 'ignore':
      return 'ignore'
    default:
      throw bad(`known_hosts_verify=${verify} means nothing`, 'Use normal, auto or ignore')
  }
}

const ways: Readonly<Record<string, SignInWay>> = {
  agent: 'agent',
  privkey: 'key-files',
  password: 'password',
  'keyboard-interactive': 'keyboard-interactive',
}

function waysOf(text: string | undefined): readonly SignInWay[] | undefined {
  if (text === undefined) return undefined
  return text.split(',').map((name) => {
    const way = ways[name.trim().toLowerCase()]
    if (way) return way
    throw bad(`sshauth=${text}: "${name}" is not a way to sign in`, `Use ${Object.keys(ways).join(', ')}`)
  })
}

/** libvirt reads these as whole numbers. */
function isSet(name: string, text: string | undefined): boolean {
  if (text === undefined) return false
  if (/^[+-]?\d+$/.test(text)) return Number(text) !== 0
  throw bad(`${name}=${text} is not a number`, `Use ${name}=1 or ${name}=0`)
}

function bad(message: string, cure: string): AppError {
  return new AppError('invalid', `The URI's ${message}`, { cure, field: 'uri' })
}
