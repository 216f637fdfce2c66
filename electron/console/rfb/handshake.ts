/**
 * Everything of RFB before the first byte about pictures: version and security (RFC 6143, 7.1; VeNCrypt and SASL as QEMU
 * speaks them). It is done here and not in the window, which neither has TLS nor should have passwords.
 */
import type { Duplex } from 'node:stream'
import type { ConsoleCredentials, SignInMethod } from '../../../shared/model/console-sign-in'
import { challengeLength, vncResponse } from '../../sign-in/vnc-challenge'
import {
  hungUp,
  notVnc,
  plainRefused,
  refusedViewer,
  refusedWithoutQuestion,
  unknownSubtypes,
  unknownTypes,
} from './handshake-errors'
import { Refused } from './refused'
import { signInBySasl } from './sasl'
import { security, spokenSubtypes, spokenTypes, veNCrypt } from './security-types'
import { printable, Wire, WireEnded } from './wire'

export interface HandshakeOptions {
  readonly signal: AbortSignal
  /** Nobody can listen on the way to the server. */
  readonly isPrivate: boolean
  /** Asked once the server has proved who it is as well as it can; rejects to end the handshake. */
  credentials(method: SignInMethod): Promise<ConsoleCredentials>
  /** Encrypts from here on and judges the server's certificate. */
  encrypt(stream: Duplex): Promise<Duplex>
  /** Why a server hangs up that we have just begun to talk to encrypted: it does not like our certificate. */
  certificateRefused(detail: string): Error
}

export interface Handshake {
  /** From here on both sides are where ClientInit comes next. */
  readonly stream: Duplex
  readonly isEncrypted: boolean
}

const maxReasonBytes = 4096

/** The caller owns the stream and destroys it when this fails. Rejects with Refused when the server says no to credentials. */
export async function shakeHands(stream: Duplex, options: HandshakeOptions): Promise<Handshake> {
  const wire = new Wire(stream, options.signal)
  try {
    const minor = await version(wire)
    const type = await securityType(wire, minor)
    const done = await signIn(wire, type, options)
    if (done.hasResult || (done.method === undefined && minor < 8)) return done
    await result(done.wire, minor, done.method !== undefined)
    return done
  } catch (error) {
    throw error instanceof WireEnded ? hungUp(error.message) : error
  }
}

type Done = Handshake & {
  readonly wire: Wire
  readonly method?: SignInMethod
  /** The server has said that it lets us in. */
  readonly hasResult?: true
}

/** Everything below 3.7 is spoken to as 3.3, and what comes after 3.8 as 3.8; Apple's 3.889 is one of those. */
async function version(wire: Wire): Promise<3 | 7 | 8> {
  const words = (await wire.bytes(12)).toString('latin1')
  const [, major, minor] = /^RFB (\d{3})\.(\d{3})\n$/.exec(words) ?? []
  if (major === undefined || minor === undefined || Number(major) < 3) throw notVnc(printable(words))
  const spoken = Number(major) > 3 || Number(minor) >= 8 ? 8 : Number(minor) === 7 ? 7 : 3
  wire.write(`RFB 003.00${spoken}\n`)
  return spoken
}

async function securityType(wire: Wire, minor: number): Promise<number> {
  if (minor < 7) {
    const type = await wire.u32()
    if (type === 0) throw refusedViewer(await wire.text(maxReasonBytes))
    if (!isSpoken(type)) throw unknownTypes([type])
    return type
  }
  const count = await wire.u8()
  if (count === 0) throw refusedViewer(await wire.text(maxReasonBytes))
  const offered = [...(await wire.bytes(count))]
  const type = spokenTypes.find((one) => offered.includes(one))
  if (type === undefined) throw unknownTypes(offered)
  wire.write(Uint8Array.of(type))
  return type
}

function isSpoken(type: number): boolean {
  return spokenTypes.some((one) => one === type)
}

async function signIn(wire: Wire, type: number, options: HandshakeOptions): Promise<Done> {
  const open = { wire, stream: wire.stream, isEncrypted: false }
  switch (type) {
    case security.none:
      return open
    case security.vnc:
      await byPassword(wire, options)
      return { ...open, method: 'vnc' }
    case security.sasl:
      await bySasl(wire, options, false)
      return { ...open, method: 'sasl' }
    default:
      return byVeNCrypt(wire, options)
  }
}

async function byPassword(wire: Wire, options: HandshakeOptions): Promise<void> {
  const challenge = await wire.bytes(challengeLength)
  const { password } = await options.credentials('vnc')
  wire.write(vncResponse(challenge, password))
}

async function byName(wire: Wire, options: HandshakeOptions): Promise<void> {
  const { username = '', password } = await options.credentials('plain')
  const [name, secret] = [Buffer.from(username, 'utf8'), Buffer.from(password, 'utf8')]
  wire.write(name.length, secret.length, name, secret)
}

function bySasl(wire: Wire, options: HandshakeOptions, isEncrypted: boolean): Promise<void> {
  return signInBySasl(wire, {
    isPrivate: isEncrypted || options.isPrivate,
    isEncrypted,
    credentials: async () => {
      const { username = '', password } = await options.credentials('sasl')
      return { user: username, password }
    },
  })
}

/** Version 0.2, the only one in use; 0.1 had numbers of one byte. */
async function byVeNCrypt(wire: Wire, options: HandshakeOptions): Promise<Done> {
  const [major = 0, minor = 0] = await wire.bytes(2)
  if (major === 0 && minor < 2) throw unknownTypes([security.veNCrypt])
  wire.write(Uint8Array.of(0, 2))
  if ((await wire.u8()) !== 0) throw unknownTypes([security.veNCrypt])
  const count = await wire.u8()
  const bytes = await wire.bytes(4 * count)
  const offered = Array.from({ length: count }, (_, at) => bytes.readUInt32BE(4 * at))
  const subtype = spokenSubtypes.find((one) => offered.includes(one))
  if (subtype === undefined) {
    if (!offered.includes(veNCrypt.plain)) throw unknownSubtypes(offered)
    if (!options.isPrivate) throw plainRefused()
    wire.write(veNCrypt.plain)
    await byName(wire, options)
    return { wire, stream: wire.stream, isEncrypted: false, method: 'plain' }
  }
  wire.write(subtype)
  if ((await wire.u8()) !== 1) throw unknownSubtypes([subtype])
  const inside = new Wire(await options.encrypt(wire.stream), options.signal)
  try {
    const done = await insideTls(inside, subtype, options)
    // its first word is a result where nothing is asked
    if (done.method !== undefined) return done
    await result(inside, 8, false)
    return { ...done, hasResult: true }
  } catch (error) {
    if (error instanceof WireEnded && !inside.hasHeard) throw options.certificateRefused(error.message)
    throw error
  }
}

async function insideTls(
  wire: Wire,
  subtype: (typeof spokenSubtypes)[number],
  options: HandshakeOptions,
): Promise<Done> {
  const open = { wire, stream: wire.stream, isEncrypted: true }
  switch (subtype) {
    case veNCrypt.x509None:
      return open
    case veNCrypt.x509Vnc:
      await byPassword(wire, options)
      return { ...open, method: 'vnc' }
    case veNCrypt.x509Plain:
      await byName(wire, options)
      return { ...open, method: 'plain' }
    case veNCrypt.x509Sasl:
      await bySasl(wire, options, true)
      return { ...open, method: 'sasl' }
  }
}

/** Before 3.8 a refusal has no reason, and hanging up is one as well. */
async function result(wire: Wire, minor: number, wasAsked: boolean): Promise<void> {
  let code: number
  try {
    code = await wire.u32()
  } catch (error) {
    if (error instanceof WireEnded && wasAsked) throw new Refused('')
    throw error
  }
  if (code === 0) return
  const reason = minor >= 8 ? await wire.text(maxReasonBytes).catch(() => '') : ''
  throw wasAsked ? new Refused(reason) : refusedWithoutQuestion(reason)
}
