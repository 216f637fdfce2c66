/** What a definition, the host's settings and QEMU's command line say together about a display. */
import {
  listenScope,
  type Answer,
  type ConsoleDefaults,
  type ConsoleDisplay,
} from '../../../shared/model/console-security'
import type { StartedVnc } from './console-settings'
import { given } from '../../../shared/given'
import type { DefinedDisplay } from '../../domain-xml/graphics'

export interface Surroundings {
  readonly defaults: ConsoleDefaults
  /** As the driver names itself. */
  readonly driver: string
  readonly isRunning: boolean
  /** Whether the definition would show a password. */
  readonly hasSecrets: boolean
  /** Of a VNC display of a running QEMU, where its command line could be read. */
  readonly started: StartedVnc | undefined
}

type Known = Extract<ConsoleDefaults, { kind: 'known' }>

export function withSurroundings(display: DefinedDisplay, around: Surroundings): ConsoleDisplay {
  const known = around.defaults.kind === 'known' ? around.defaults : undefined
  const password = passwordOf(display, around, known)
  const guards = guardsOf(display, around, known)
  const isUntold = [password, guards.encrypted, guards.verifiesClients, guards.sasl].includes('unknown')
  return {
    type: display.type,
    listen: listenOf(display, known),
    ...given('port', display.port),
    ...given('tlsPort', display.tlsPort),
    ...given('websocketPort', display.websocketPort),
    password,
    isPasswordTooLong: (display.password?.length ?? 0) > 8,
    ...given('passwordValidUntilMs', display.passwordValidUntilMs),
    ...guards,
    ...(isUntold && around.defaults.kind === 'unreadable' ? { whyUnknown: around.defaults.why } : {}),
  }
}

/** A running VM's definition has the address libvirt filled in at the start; a stopped one's may leave it to the host. */
function listenOf({ type, listen }: DefinedDisplay, known: Known | undefined): ConsoleDisplay['listen'] {
  if (listen.kind !== 'address' || listen.address !== undefined || !known) return listen
  const address = type === 'vnc' ? known.vncListen : type === 'spice' ? known.spiceListen : undefined
  return address === undefined ? listen : { kind: 'address', address, scope: listenScope(address) }
}

function passwordOf(
  { type, hasPassword }: DefinedDisplay,
  { driver, hasSecrets, started }: Surroundings,
  known: Known | undefined,
): Answer {
  const isHosts = type === 'vnc' ? known?.vncPasswordSet : type === 'spice' ? known?.spicePasswordSet : false
  if (hasPassword || started?.hasPassword || isHosts) return 'yes'
  if (started) return 'no'
  // a definition without password takes the host's, which it does not show
  return hasSecrets && (driver !== 'QEMU' || known) ? 'no' : 'unknown'
}

type Guards = Pick<ConsoleDisplay, 'encrypted' | 'verifiesClients' | 'sasl'>

function guardsOf(
  { type, port, tlsPort, defaultMode }: DefinedDisplay,
  { driver, isRunning, started }: Surroundings,
  known: Known | undefined,
): Guards {
  // only QEMU's displays have more than a password
  if (driver !== 'QEMU') return { encrypted: 'no', verifiesClients: 'no', sasl: 'no' }
  const answer = (is: boolean | undefined): Answer => (is === undefined ? 'unknown' : is ? 'yes' : 'no')
  if (type === 'vnc') {
    // settings count from the next start on: of a running VM they prove nothing
    const vnc = started ?? (known && !isRunning ? fromDefaults(known) : undefined)
    return {
      encrypted: answer(vnc?.hasTls),
      verifiesClients: answer(vnc?.verifiesClients),
      sasl: answer(vnc?.hasSasl),
    }
  }
  if (type === 'spice') {
    const isTlsOnly = tlsPort !== undefined && (port === undefined || defaultMode === 'secure')
    return { encrypted: answer(isTlsOnly), verifiesClients: 'no', sasl: answer(known?.spiceSasl) }
  }
  return { encrypted: 'unknown', verifiesClients: 'no', sasl: 'unknown' }
}

function fromDefaults(known: Known): StartedVnc {
  return {
    hasTls: known.vncTls,
    verifiesClients: known.vncTls && known.vncVerifiesClients,
    hasSasl: known.vncSasl,
    hasPassword: known.vncPasswordSet,
  }
}

/** What of the stored definition takes effect at the next start only. Ports that libvirt chooses do not count. */
export function pendingOf(live: readonly DefinedDisplay[], stored: readonly DefinedDisplay[]): string[] {
  const types = (displays: readonly DefinedDisplay[]): string =>
    displays.map((display) => display.type).join(', ') || 'none'
  if (types(live) !== types(stored)) return [`the displays (now ${types(live)}, then ${types(stored)})`]
  const pending = live.flatMap((now, index) => {
    const then = stored[index]
    if (!then) return []
    const name = now.type.toUpperCase()
    return [
      ...(isOtherListen(now, then) ? [`where ${name} listens`] : []),
      ...(now.hasPassword !== then.hasPassword || now.password !== then.password
        ? [`the password of ${name}`]
        : []),
    ]
  })
  return [...new Set(pending)]
}

function isOtherListen({ listen: now }: DefinedDisplay, { listen: then }: DefinedDisplay): boolean {
  if (now.kind !== then.kind) return true
  // without an address of its own, libvirt filled in one at the start
  return (
    now.kind === 'address' &&
    then.kind === 'address' &&
    then.address !== undefined &&
    now.address !== then.address
  )
}

export function pendingSettings(
  displays: readonly DefinedDisplay[],
  defaults: ConsoleDefaults,
  now: StartedVnc | undefined,
): string[] {
  if (defaults.kind !== 'known' || !now || !displays.some((display) => display.type === 'vnc')) return []
  return [
    ...(now.hasTls === defaults.vncTls ? [] : [`VNC with TLS ${defaults.vncTls ? 'on' : 'off'} (vnc_tls)`]),
    ...(now.hasSasl === defaults.vncSasl
      ? []
      : [`VNC with SASL ${defaults.vncSasl ? 'on' : 'off'} (vnc_sasl)`]),
  ]
}
