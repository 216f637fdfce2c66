import type { ErrorData } from '../../../shared/errors'
import type { RecipeId } from '../../../shared/recipes/recipe'
import { failed, ok, skipped, warning, type Verdict } from '../check'
import type { HostFacts } from '../probes/host-facts'

export interface OfferedAuth {
  /** As AUTH_LIST says it: what the daemon wants of this very connection. */
  readonly methods: readonly ('none' | 'sasl' | 'polkit' | 'unknown')[]
  readonly saslMechanisms?: readonly string[]
}

const spoken = new Set(['SCRAM-SHA-256', 'SCRAM-SHA-512', 'SCRAM-SHA-1', 'PLAIN'])

export function judgeAuth(offered: OfferedAuth, isEncrypted: boolean): Verdict {
  const [method = 'none'] = offered.methods
  switch (method) {
    case 'none':
      return ok('The daemon asks for no further proof')
    case 'polkit':
      return ok('The daemon asks polkit whether the account may manage virtual machines')
    case 'unknown':
      return failed('The daemon asks for a proof nobody knows', {
        cause: 'It is newer than Innkeeper, or it is not libvirt',
        cure: 'Connect through ssh (qemu+ssh://)',
      })
    case 'sasl':
      return judgeSasl(offered.saslMechanisms ?? [], isEncrypted)
  }
}

function judgeSasl(mechanisms: readonly string[], isEncrypted: boolean): Verdict {
  const facts = [`Mechanisms: ${mechanisms.join(', ') || 'none'}`]
  // a password must not cross the network in the open (RFC 4616, section 4)
  const usable = mechanisms.filter((name) => spoken.has(name) && (name !== 'PLAIN' || isEncrypted))
  if (usable.length > 0) {
    return ok(`The daemon asks for a name and password (${usable.join(', ')})`, {
      facts,
      recipe: 'sasl-users',
    })
  }
  if (mechanisms.length === 0) {
    return failed('The daemon wants a name and password but offers no way to give them', {
      facts,
      cause: 'mech_list in /etc/sasl2/libvirt.conf names nothing that is installed on the host',
      cure: 'Install the mechanism (scram-sha-256 is in libsasl2-modules, cyrus-sasl-scram) and restart the daemon',
      recipe: 'sasl-libvirt',
    })
  }
  if (mechanisms.includes('PLAIN')) {
    return failed('The daemon takes the password in the open only', {
      facts,
      cause: 'PLAIN over an unencrypted connection would show the password to the network',
      cure: 'Connect with +tls or +ssh instead of +tcp',
      recipe: 'tls-server',
    })
  }
  const old = mechanisms.includes('DIGEST-MD5')
  const kerberos = mechanisms.some((name) => name.startsWith('GSS'))
  return failed('The daemon offers no mechanism Innkeeper speaks', {
    facts,
    cause: kerberos
      ? 'It wants Kerberos (GSSAPI)'
      : old
        ? 'It offers DIGEST-MD5 only, which is broken and withdrawn (RFC 6331)'
        : 'It offers unusual mechanisms only',
    cure: kerberos
      ? 'Connect through ssh with the system’s ssh engine, which speaks Kerberos, or add scram-sha-256 to mech_list'
      : 'Set mech_list: scram-sha-256 in /etc/sasl2/libvirt.conf on the host',
    recipe: 'sasl-libvirt',
  })
}

/** Opening read-only and read-write are separate rights (libvirt.org/aclpolkit, org.libvirt.unix.monitor and .manage). */
export function judgeOpen(
  kind: 'read-only' | 'read-write',
  result: { readonly error?: ErrorData; readonly found?: string },
  context: { readonly isReadOnlyHost: boolean; readonly user: string },
): Verdict {
  const { error } = result
  const what = kind === 'read-only' ? 'to look' : 'to manage'
  if (!error) return ok(result.found ?? `The hypervisor opens ${what}`)
  if (error.kind === 'cancelled') return skipped(error.message)
  const base = {
    ...(error.cure === undefined ? {} : { cure: error.cure }),
    ...(error.detail === undefined ? {} : { detail: error.detail }),
  }
  const recipe: RecipeId | undefined =
    error.kind === 'denied'
      ? 'polkit-rule'
      : error.kind === 'auth-failed'
        ? 'sasl-users'
        : error.kind === 'unreachable'
          ? 'start-daemon'
          : undefined
  const more = {
    ...base,
    ...(error.kind === 'denied'
      ? {
          cause: `${context.user || 'The account'} has no right ${what}: polkit action org.libvirt.unix.${
            kind === 'read-only' ? 'monitor' : 'manage'
          }`,
          commands: [
            { where: 'host' as const, text: 'pkaction --verbose --action-id org.libvirt.unix.manage' },
          ],
        }
      : {}),
    ...(recipe === undefined ? {} : { recipe }),
  }
  // looking fails on many hosts while managing works, and nobody needs it then
  if (kind === 'read-only' && !context.isReadOnlyHost) return warning(error.message, more)
  if (kind === 'read-write' && context.isReadOnlyHost) {
    return warning(`It cannot be managed: ${error.message}`, more)
  }
  return failed(error.message, more)
}

export function judgeKvm(facts: HostFacts, driver: string, isHere: boolean): Verdict {
  if (driver !== 'qemu') return skipped(`"${driver}" does not use KVM`)
  const place = isHere ? 'this computer' : 'the host'
  const where = isHere ? ('here' as const) : ('host' as const)
  const lines = [
    ...(facts.kvm.listing === '' ? [] : [facts.kvm.listing]),
    facts.cpuFlag === ''
      ? 'The processor shows no virtualization extension'
      : `The processor has ${facts.cpuFlag === 'vmx' ? 'Intel VT-x (vmx)' : 'AMD-V (svm)'}`,
    facts.iommuCount > 0
      ? 'An IOMMU is in use: devices can be passed to guests'
      : 'No IOMMU is in use: devices cannot be passed to guests',
    ...(facts.isGuest ? [`${isHere ? 'This computer' : 'The host'} is itself a virtual machine`] : []),
  ]
  if (facts.kernel !== '' && facts.kernel !== 'Linux') {
    return skipped(`KVM is of Linux; ${place} runs ${facts.kernel}`)
  }
  switch (facts.kvm.state) {
    case 'usable':
      return ok('/dev/kvm is there and may be used', { facts: lines })
    case 'denied':
      // guests of the system daemon run as their own user, which the daemon lets in
      return warning(`/dev/kvm is there, but ${facts.user} may not use it`, {
        facts: lines,
        cause: 'Only members of the group kvm may; the system daemon’s guests are not affected',
        cure: 'For guests of a user session add the account to the group kvm and sign in again',
        commands: [{ where, text: `sudo usermod -aG kvm ${userWord(facts.user)}` }],
        recipe: 'qemu-user',
      })
    case 'missing': {
      const cause =
        facts.cpuFlag === ''
          ? facts.isGuest
            ? 'Nested virtualization is off in the host below, so guests are emulated'
            : 'Virtualization is switched off in the firmware (BIOS/UEFI), or the processor has none'
          : 'The kernel module is not loaded'
      return warning('/dev/kvm is missing: guests are emulated and slow', {
        facts: lines,
        cause,
        cure:
          facts.cpuFlag === ''
            ? 'Switch on VT-x or AMD-V in the firmware, or nested virtualization in the host below'
            : 'Load the module',
        ...(facts.cpuFlag === ''
          ? {}
          : {
              commands: [
                { where, text: `sudo modprobe ${facts.cpuFlag === 'vmx' ? 'kvm_intel' : 'kvm_amd'}` },
              ],
            }),
      })
    }
  }
}

function userWord(user: string): string {
  return /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(user) ? user : 'USER'
}

/** Domain 0 with its store and console daemons (xencommons); everything of Xen needs root there. */
export function judgeXen(facts: HostFacts, isHere: boolean): Verdict {
  const place = isHere ? 'This computer' : 'The host'
  const where = isHere ? ('here' as const) : ('host' as const)
  if (facts.xen === undefined) {
    return failed(`${place} is not running Xen`, {
      cause: 'There is no /proc/xen: the kernel was started without the hypervisor below it',
      cure: 'Install Xen, choose its entry in the boot menu and start the host anew, or use qemu in the URI',
      recipe: 'xen-host',
    })
  }
  if (!facts.xen.includes('control_d')) {
    return failed(`${place} is a guest of Xen, not its domain 0`, {
      cause: 'Only domain 0 may manage the guests of a Xen host',
      cure: 'Connect to the host below',
      ...(facts.xen === '' ? {} : { detail: facts.xen }),
    })
  }
  const has = (pattern: RegExp): boolean => facts.processes.some((name) => pattern.test(name))
  const missing = [
    ...(has(/^o?xenstored$/) ? [] : ['xenstored']),
    ...(has(/^xenconsoled$/) ? [] : ['xenconsoled']),
  ]
  if (missing.length > 0) {
    return failed(`${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not running`, {
      cause: 'The services of xencommons are down; without them no tool can manage guests',
      cure: 'Start them, also at the next boot',
      commands: [{ where, text: 'sudo systemctl enable --now xencommons' }],
      recipe: 'xen-host',
    })
  }
  const facts2 = ['xenstored and xenconsoled are running']
  if (facts.uid !== 0) {
    return ok('Xen is running with its services; libvirt manages it for this account', { facts: facts2 })
  }
  return ok('Xen is running with its services', { facts: facts2 })
}
