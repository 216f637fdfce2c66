/** SASL inside of RFB, type 20 (QEMU's ui/vnc-auth-sasl.c, gtk-vnc's vncconnection.c). */
import { saslprep } from '@mongodb-js/saslprep'
import { SignInError } from '../../sign-in/errors'
import { chooseMechanism, type SaslCredentials } from '../../sign-in/mechanism'
import { saslClient } from '../../sign-in/sasl-client'
import { noMechanism, unusableCredentials, untrustedServer } from './handshake-errors'
import { Refused } from './refused'
import { WireEnded, type Wire } from './wire'

const maxMechanismsBytes = 2000
/** QEMU takes a megabyte; an honest message is a few hundred bytes. */
const maxDataBytes = 64 * 1024
const mostRounds = 8

export interface SaslSetting {
  /** Nobody can listen: encrypted, or not over a network. */
  readonly isPrivate: boolean
  readonly isEncrypted: boolean
  credentials(): Promise<SaslCredentials>
}

/** Ends when both sides are content; the server's result follows. */
export async function signInBySasl(wire: Wire, setting: SaslSetting): Promise<void> {
  const offered = (await wire.text(maxMechanismsBytes)).split(/[\s,]+/).filter((name) => name !== '')
  const mechanism = chooseMechanism(offered, { isPrivate: setting.isPrivate })
  if (mechanism === undefined) throw noMechanism(offered, setting.isEncrypted)
  const credentials = await setting.credentials()
  try {
    const client = saslClient(mechanism, credentials, (text) => saslprep(text, { allowUnassigned: true }))
    wire.write(mechanism.length, mechanism, ...framed(client.first()))
    for (let round = 0; round < mostRounds; round += 1) {
      const { data, isOver } = await reply(wire)
      const answer = data !== null && !client.isDone ? await client.respond(data) : null
      if (isOver) {
        if (client.isDone) return
        throw untrustedServer('it let us in without proving that it knows the password')
      }
      wire.write(...framed(answer))
    }
  } catch (error) {
    if (error instanceof SignInError) throw translated(error)
    // QEMU hangs up on a wrong password instead of saying so
    if (error instanceof WireEnded) throw new Refused('')
    throw error
  }
  throw untrustedServer('it does not come to an end')
}

/** A zero byte ends what is sent; no bytes at all mean no data, which is not the same as empty data. */
function framed(data: Uint8Array | null): (Uint8Array | number)[] {
  return data === null ? [0] : [data.length + 1, data, new Uint8Array(1)]
}

async function reply(wire: Wire): Promise<{ data: Uint8Array | null; isOver: boolean }> {
  const length = await wire.u32()
  if (length > maxDataBytes) throw untrustedServer(`its answer has ${length} bytes`)
  const data = length === 0 ? null : (await wire.bytes(length)).subarray(0, -1)
  return { data, isOver: (await wire.u8()) !== 0 }
}

function translated({ kind, message }: SignInError): Error {
  if (kind === 'refused') return new Refused(message)
  return kind === 'untrusted-host' ? untrustedServer(message) : unusableCredentials(message)
}
