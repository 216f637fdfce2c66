/** What can be wrong before a display shows its first picture, as AppErrors. */
import { AppError } from '../../../shared/errors'
import { nameOfSubtype, nameOfType } from './security-types'

export function notVnc(words: string): AppError {
  return new AppError('unsupported', 'What answers in place of the screen does not speak VNC', {
    cure: 'Another program may have taken the port of the display. Look at what listens there on the host.',
    detail: words,
  })
}

export function hungUp(detail: string): AppError {
  return new AppError('unreachable', 'The VNC server hung up while the screen was being opened', { detail })
}

export function silent(): AppError {
  return new AppError('timed-out', 'The screen of the VM does not answer')
}

/** QEMU says why: too many viewers, or one that wants the screen for itself. */
export function refusedViewer(reason: string): AppError {
  return new AppError('busy', 'The VNC server takes no further viewer', {
    cure: 'Close other viewers of this screen, or let its sharing policy allow several.',
    ...(reason === '' ? {} : { detail: reason }),
  })
}

export function unknownTypes(types: readonly number[]): AppError {
  return new AppError(
    'unsupported',
    "The VM's VNC server wants a way of signing in that Innkeeper does not know",
    {
      cure: 'It should offer none, a VNC password, VeNCrypt with certificates (vnc_tls) or SASL (vnc_sasl).',
      detail: `Offered: ${types.map(nameOfType).join(', ')}`,
    },
  )
}

export function unknownSubtypes(subtypes: readonly number[]): AppError {
  const names = subtypes.map(nameOfSubtype).join(', ')
  const isAnonymous = subtypes.some((one) => [257, 258, 259, 264].includes(one))
  return new AppError(
    'unsupported',
    isAnonymous
      ? 'The VNC server encrypts without showing a certificate, so anybody could pretend to be it'
      : "The VM's VNC server wants a way of signing in that Innkeeper does not know",
    {
      cure: 'Give QEMU certificates for its screens (recipe "Consoles over TLS"), then restart the VM.',
      detail: `Offered: ${names}`,
    },
  )
}

export function plainRefused(): AppError {
  return new AppError('denied', 'The VNC server wants name and password without encryption', {
    cure: 'Everybody on the way could read them. Reach the host by ssh, or turn on TLS for its screens.',
  })
}

export function refusedWithoutQuestion(reason: string): AppError {
  return new AppError('auth-failed', 'The VNC server refused the connection', {
    ...(reason === '' ? {} : { detail: reason }),
  })
}

/** QEMU lets mechanisms over plain TCP only that encrypt by themselves, also behind ssh (ui/vnc-auth-sasl.c). */
export function noMechanism(offered: readonly string[], isEncrypted: boolean): AppError {
  return new AppError('unsupported', 'The VNC server offers no way of SASL that Innkeeper speaks', {
    cure: isEncrypted
      ? 'Set mech_list: scram-sha-256 in /etc/sasl2/qemu.conf on the host, then restart the VM.'
      : 'Without TLS QEMU takes only mechanisms that encrypt by themselves. Turn on TLS for screens beside SASL ' +
        '(vnc_tls = 1 in qemu.conf), then restart the VM.',
    detail: `Offered: ${offered.join(', ') || 'nothing'}`,
  })
}

export function untrustedServer(why: string): AppError {
  return new AppError('denied', 'The VNC server did not prove that it knows the password', {
    cure: 'It may be another machine that pretends to be this one. The password was not given away.',
    detail: why,
  })
}

export function unusableCredentials(why: string): AppError {
  return new AppError('invalid', 'The name or password has a character that SASL does not allow', {
    cure: 'Choose a password of printable characters.',
    detail: why,
  })
}
