import type { Reach } from './host-details'
import type { GuestHardening } from './host-security'
import type { VmId } from './ids'

export type Answer = 'yes' | 'no' | 'unknown'

/** Who can get at the consoles of a host's VMs: facts only; `assessConsole` judges. Never holds a password. */
export interface ConsoleSecurity {
  readonly reach: Reach
  readonly isXen: boolean
  readonly defaults: ConsoleDefaults
  readonly vms: readonly VmConsoles[]
}

/** What qemu.conf gives VMs that say nothing themselves (https://gitlab.com/libvirt/libvirt/-/blob/master/src/qemu/qemu.conf.in). */
export type ConsoleDefaults =
  | { readonly kind: 'unreadable'; readonly why: string }
  | {
      readonly kind: 'known'
      readonly path: string
      readonly vncListen: string
      readonly vncTls: boolean
      readonly vncVerifiesClients: boolean
      readonly vncSasl: boolean
      readonly vncPasswordSet: boolean
      readonly spiceListen: string
      readonly spiceTls: boolean
      readonly spiceSasl: boolean
      readonly spicePasswordSet: boolean
    }

export interface VmConsoles extends GuestHardening {
  readonly id: VmId
  readonly displays: readonly ConsoleDisplay[]
  /** Changes in the stored definition or the host's settings that the running VM does not follow yet. */
  readonly pending: readonly string[]
  /** Why nothing is known: gone meanwhile, not answered in time. */
  readonly unread?: string
}

export interface ConsoleDisplay {
  /** "vnc", "spice", "rdp", "sdl"… */
  readonly type: string
  readonly listen: ConsoleListen
  readonly port?: number
  readonly tlsPort?: number
  readonly websocketPort?: number
  readonly password: Answer
  /** VNC's authentication uses eight characters and ignores the rest (RFC 6143, 7.2.2). */
  readonly isPasswordTooLong: boolean
  readonly passwordValidUntilMs?: number
  /** Whether all of its traffic is encrypted. */
  readonly encrypted: Answer
  /** Whether clients must show a certificate. */
  readonly verifiesClients: Answer
  readonly sasl: Answer
  /** Why something above is unknown. */
  readonly whyUnknown?: string
}

export type ConsoleListen =
  /** Only a window on the host's own screen, or a descriptor libvirt hands over. */
  | { readonly kind: 'none' }
  | { readonly kind: 'socket'; readonly path?: string }
  /** No address: what the host's settings say, which is not known. */
  | { readonly kind: 'address'; readonly address?: string; readonly scope: ListenScope }

export type ListenScope = 'loopback' | 'given' | 'all' | 'unknown'

/** What connections to an address of the host can come from. */
export function listenScope(address: string | undefined): ListenScope {
  if (address === undefined) return 'unknown'
  const text = address
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
  if (text === 'localhost' || text === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(text)) return 'loopback'
  if (text === '' || text === '*' || /^(0\.0\.0\.0|::|::0|0(:0){7}|::ffff:0\.0\.0\.0)$/.test(text))
    return 'all'
  return 'given'
}

export const consoleVerdicts = ['open', 'unknown', 'password', 'encrypted', 'tunnelled', 'none'] as const
/** Worst first. */
export type ConsoleVerdict = (typeof consoleVerdicts)[number]

export const verdictText: Record<ConsoleVerdict, string> = {
  open: 'Open to the network',
  unknown: 'Cannot be told',
  password: 'Password only',
  encrypted: 'Encrypted',
  tunnelled: 'Only from the host',
  none: 'No console',
}

export interface Finding {
  readonly tone: 'good' | 'info' | 'warning' | 'danger'
  readonly text: string
  readonly cure?: string
}

export interface ConsoleAssessment {
  readonly verdict: ConsoleVerdict
  readonly findings: readonly Finding[]
}

export interface AssessContext {
  readonly reach: Reach
  readonly isXen: boolean
  readonly nowMs: number
}

/** How safe one display is, why, and what would make it safer. */
export function assessConsole(display: ConsoleDisplay, context: AssessContext): ConsoleAssessment {
  const findings = passwordFindings(display, context.nowMs)
  const { listen } = display
  if (listen.kind === 'none') {
    return {
      verdict: 'none',
      findings: [{ tone: 'good', text: 'Nothing can connect to it: it listens nowhere.' }],
    }
  }
  if (listen.kind === 'socket' || listen.scope === 'loopback') {
    return { verdict: 'tunnelled', findings: [...fromTheHostOnly(display, context), ...findings] }
  }
  return assessNetwork(display, listen, context, findings)
}

/** A VM's displays together: its verdict is that of the worst. */
export function assessVm(displays: readonly ConsoleDisplay[], context: AssessContext): ConsoleAssessment {
  const all = displays.map((display) => ({ display, ...assessConsole(display, context) }))
  const verdict = consoleVerdicts.find((worst) => all.some((one) => one.verdict === worst)) ?? 'none'
  return {
    verdict,
    findings: all.flatMap(({ display, findings }) =>
      findings.map((finding) =>
        displays.length > 1
          ? { ...finding, text: `${display.type.toUpperCase()}: ${finding.text}` }
          : finding,
      ),
    ),
  }
}

/** Loopback or a socket file. */
function fromTheHostOnly(display: ConsoleDisplay, { reach }: AssessContext): Finding[] {
  const isSocket = display.listen.kind === 'socket'
  const where = isSocket ? 'a socket file of the host' : 'the loopback address of the host'
  const way: Record<Reach, Finding> = {
    local: {
      tone: 'good',
      text: `It listens on ${where}, which is this computer: nothing crosses a network.`,
    },
    ssh: {
      tone: 'good',
      text: `It listens on ${where}; Innkeeper brings it here through the ssh connection.`,
    },
    network: {
      tone: 'info',
      text: `It listens on ${where}, and this connection carries no consoles.`,
      cure: 'Connect to the host by ssh (qemu+ssh://) to see it: ssh brings the console along, encrypted.',
    },
  }
  const findings = [way[reach]]
  if (display.password === 'no' && display.sasl !== 'yes' && !isSocket) {
    findings.push({
      tone: 'info',
      text: 'It has no password: everybody who may run programs on the host can connect.',
      cure: 'Where others have accounts on the host, let it listen on a socket file instead.',
    })
  }
  return findings
}

function assessNetwork(
  display: ConsoleDisplay,
  listen: Extract<ConsoleListen, { kind: 'address' }>,
  { isXen }: AssessContext,
  findings: readonly Finding[],
): ConsoleAssessment {
  if (listen.scope === 'unknown') {
    return {
      verdict: 'unknown',
      findings: [
        {
          tone: 'info',
          text: `Where it listens is up to the host's settings, which are not known.${display.whyUnknown ? ` ${display.whyUnknown}` : ''}`,
          cure: 'Start the VM, or give the display an address of its own.',
        },
        ...findings,
      ],
    }
  }
  const where =
    listen.scope === 'all' ? 'every network the host is on' : `the network of ${listen.address ?? 'the host'}`
  const safer = isXen
    ? 'Let it listen on 127.0.0.1 and connect by ssh: Xen offers no more than a password for VNC.'
    : 'Let it listen on 127.0.0.1 and connect by ssh, or turn on TLS; then restart the VM.'
  const isGuarded = display.password === 'yes' || display.sasl === 'yes' || display.verifiesClients === 'yes'
  const reached: Finding = { tone: 'warning', text: `It can be reached from ${where}.`, cure: safer }
  const plain: Finding[] =
    display.encrypted === 'no'
      ? [{ tone: 'warning', text: 'What is shown and typed crosses the network in the clear.', cure: safer }]
      : []
  const untold: Finding[] =
    display.encrypted === 'unknown'
      ? [{ tone: 'info', text: `Whether it uses TLS cannot be told from here.${because(display)}` }]
      : []
  if (isGuarded) {
    const isEncrypted = display.encrypted === 'yes'
    const lead: Finding = isEncrypted
      ? { tone: 'good', text: `It can be reached from ${where}, encrypted with TLS.` }
      : reached
    const xen: Finding[] = isXen
      ? [{ tone: 'info', text: 'Xen offers nothing stronger than a password for VNC.' }]
      : []
    return {
      verdict: isEncrypted ? 'encrypted' : 'password',
      findings: [lead, ...plain, ...untold, ...guards(display), ...xen, ...findings],
    }
  }
  if (display.password === 'unknown') {
    return {
      verdict: 'unknown',
      findings: [
        reached,
        { tone: 'info', text: `Whether it asks for a password cannot be told from here.${because(display)}` },
        ...plain,
        ...untold,
        ...findings,
      ],
    }
  }
  return {
    verdict: 'open',
    findings: [
      {
        tone: 'danger',
        text: `Anybody on ${where} can see and use this screen: it asks for no password.`,
        cure: isXen
          ? 'Let it listen on 127.0.0.1 and connect by ssh, or set a password; then restart the VM.'
          : 'Let it listen on 127.0.0.1 and connect by ssh, or set a password and turn on TLS; then restart the VM.',
      },
      ...plain,
      ...untold,
      ...findings,
    ],
  }
}

function guards({ sasl, verifiesClients }: ConsoleDisplay): Finding[] {
  return [
    ...(sasl === 'yes' ? [{ tone: 'good', text: 'It asks for a user and password (SASL).' } as const] : []),
    ...(verifiesClients === 'yes'
      ? [{ tone: 'good', text: 'It asks clients for a certificate.' } as const]
      : []),
  ]
}

function because({ whyUnknown }: ConsoleDisplay): string {
  return whyUnknown === undefined ? '' : ` ${whyUnknown}`
}

function passwordFindings(display: ConsoleDisplay, nowMs: number): Finding[] {
  const findings: Finding[] = []
  if (display.password === 'yes' && display.isPasswordTooLong && display.type === 'vnc') {
    findings.push({
      tone: 'warning',
      text: 'Its password is longer than eight characters: VNC ignores the rest, and newer hosts refuse it.',
      cure: 'Choose a password of eight characters, and do not rely on it alone.',
    })
  }
  if (display.passwordValidUntilMs !== undefined && display.passwordValidUntilMs <= nowMs) {
    findings.push({
      tone: 'warning',
      text: 'Its password has expired: nobody can connect any more.',
      cure: 'Set a new password, or remove the date from the definition.',
    })
  }
  return findings
}
