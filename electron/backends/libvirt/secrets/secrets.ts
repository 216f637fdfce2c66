/** Secrets a libvirt host keeps. A value goes to the host and is written nowhere else, no error names it. */
import type { z } from 'zod'
import { AppError } from '../../../../shared/errors'
import { secretUsages } from '../../../../shared/model/host-choices'
import type { CreateSecretInput, secretValue } from '../../../../shared/model/secret'
import { parseElement } from '../../../domain-xml/edit/tree'
import { writeAt } from '../../../domain-xml/edit/path'
import { RpcError, isRpcError, virSecretDefineFlags, type SecretHandle } from '../../../libvirt-rpc/index'
import type { SecretSession } from '../../secret-session'
import { changeTimeoutMs, type LibvirtHost } from '../host'
import { quick } from '../host-choices-sweep'
import { translated } from '../translated'
import { readSecrets } from './read'

type Value = z.output<typeof secretValue>
const slow = { timeoutMs: changeTimeoutMs }

/** `changed`: that another hint may come by an event does no harm. */
export function secretsOf(host: LibvirtHost, changed: (uuid: string) => void): SecretSession {
  return translated({
    secrets: () => readSecrets(host),
    createSecret: (input) => create(host, input),
    setSecretValue: async (uuid, value) => {
      await setValue(host, await find(host, uuid), value)
      changed(uuid)
    },
    deleteSecret: async (uuid) => {
      const secret = await find(host, uuid)
      await host.rpc.callJob('SECRET_UNDEFINE', { secret }, slow)
      changed(uuid)
    },
  } satisfies SecretSession)
}

async function find({ rpc }: LibvirtHost, uuid: string): Promise<SecretHandle> {
  try {
    return (await rpc.call('SECRET_LOOKUP_BY_UUID', { uuid }, quick)).secret
  } catch (error) {
    if (!isRpcError(error, 'VIR_ERR_NO_SECRET')) throw error
    throw new AppError('not-found', 'The secret does not exist on this host any more', { cause: error })
  }
}

async function create(host: LibvirtHost, input: Omit<CreateSecretInput, 'host'>): Promise<string> {
  const bytes = input.value && bytesOf(input.value)
  const { rpc } = host
  const { secrets } = await rpc.call('CONNECT_LIST_ALL_SECRETS', { need_results: 1, flags: 0 }, quick)
  const isTaken = secrets.some(
    (one) => secretUsages[one.usageType] === input.usageType && one.usageID === input.usageId,
  )
  if (isTaken) {
    throw new AppError('already-exists', 'There is a secret for this use already', {
      cure: 'Give that one another value, or delete it first.',
      field: 'usageId',
    })
  }
  const flags = rpc.control.knows('NETWORK_DEFINE_XML_FLAGS')
    ? virSecretDefineFlags.VIR_SECRET_DEFINE_VALIDATE
    : 0
  const { secret } = await rpc.callJob('SECRET_DEFINE_XML', { xml: secretXml(input), flags }, slow)
  if (bytes) {
    try {
      await send(host, secret, bytes)
    } catch (error) {
      await rpc.callJob('SECRET_UNDEFINE', { secret }, slow).catch(() => undefined)
      throw error
    }
  }
  return secret.uuid
}

const usagePlaces: Record<CreateSecretInput['usageType'], string> = {
  volume: 'volume',
  ceph: 'name',
  iscsi: 'target',
  tls: 'name',
  vtpm: 'name',
}

/** https://libvirt.org/formatsecret.html */
export function secretXml({
  usageType,
  usageId,
  description,
  isEphemeral,
  isPrivate,
}: Omit<CreateSecretInput, 'host' | 'value'>): string {
  const root = parseElement('<secret/>')
  const yesNo = (is: boolean): string => (is ? 'yes' : 'no')
  root.setAttribute('ephemeral', yesNo(isEphemeral))
  root.setAttribute('private', yesNo(isPrivate))
  writeAt(root, 'description', description === '' ? undefined : description)
  writeAt(root, 'usage/@type', usageType)
  writeAt(root, `usage/${usagePlaces[usageType]}`, usageId)
  return root.toString()
}

function bytesOf({ encoding, value }: Value): Uint8Array {
  if (encoding === 'text') return Buffer.from(value, 'utf8')
  const bytes = Buffer.from(value, 'base64')
  // what is no base64 is passed over silently otherwise
  if (bytes.length > 0 && bytes.toString('base64').replace(/=+$/, '') === value.trim().replace(/=+$/, ''))
    return bytes
  throw new AppError('invalid', 'This is not base64', {
    cure: 'Paste the key as it was given, or choose to enter it as text.',
    field: 'value',
  })
}

function setValue(host: LibvirtHost, secret: SecretHandle, value: Value): Promise<void> {
  return send(host, secret, bytesOf(value))
}

async function send({ rpc }: LibvirtHost, secret: SecretHandle, value: Uint8Array): Promise<void> {
  try {
    await rpc.callJob('SECRET_SET_VALUE', { secret, value, flags: 0 }, slow)
  } catch (error) {
    // the host's own refusals say what is wrong; anything else of this call is not repeated
    if (error instanceof RpcError || !(error instanceof Error) || error.name !== 'RpcProtocolError')
      throw error
    throw new AppError('invalid', 'This value cannot be sent to the host', { field: 'value' })
  } finally {
    value.fill(0)
  }
}
