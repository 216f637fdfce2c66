/** What is told of secrets: what they are for, whether they have a value, and who uses them. */
import { secretUsages, type Listed } from '../../../../shared/model/host-choices'
import type { Secret } from '../../../../shared/model/secret'
import { parseXml } from '../../../domain-xml/document'
import { readSecretUses, type SecretUse } from '../../../domain-xml/secret-uses'
import { isRpcError, isUnsupported, type SecretHandle } from '../../../libvirt-rpc/index'
import { given } from '../../../../shared/given'
import type { LibvirtHost } from '../host'
import { readAllDefinitions } from '../host-choices-definitions'
import { listed, quick, readEach } from '../host-choices-sweep'

interface User extends SecretUse {
  readonly name: string
}

export function readSecrets(host: LibvirtHost): Promise<Listed<Secret>> {
  return listed(async () => {
    const { secrets } = await host.rpc.callJob(
      'CONNECT_LIST_ALL_SECRETS',
      { need_results: 1, flags: 0 },
      quick,
    )
    if (secrets.length === 0) return { items: [] }
    const [vms, pools] = await Promise.all([ofVms(host), listed(() => ofPools(host))])
    const users = [...vms.items, ...pools.items]
    const read = await readEach(secrets, (secret) => readSecret(host, secret, users))
    // without all users nobody knows that a secret is free; a driver without pools has no such users
    const error = read.error ?? vms.error ?? (pools.error?.kind === 'unsupported' ? undefined : pools.error)
    return { items: read.items, ...given('error', error) }
  })
}

async function readSecret(
  host: LibvirtHost,
  secret: SecretHandle,
  users: readonly User[],
): Promise<Secret | undefined> {
  const { rpc } = host
  const usageType = secretUsages[secret.usageType] ?? 'unknown'
  const usageId = secret.usageID === '' ? undefined : secret.usageID
  try {
    const { xml } = await rpc.callJob('SECRET_GET_XML_DESC', { secret, flags: 0 }, quick)
    const { root } = parseXml(xml, 'the description of a secret')
    const isPrivate = root.attribute('private') === 'yes'
    const volume = usageType === 'volume' && usageId !== undefined ? await hasVolume(host, usageId) : false
    return {
      uuid: secret.uuid,
      usageType,
      ...given('usageId', usageId),
      ...given('description', root.textOf('description')),
      isEphemeral: root.attribute('ephemeral') === 'yes',
      isPrivate,
      ...given('hasValue', isPrivate ? undefined : await hasValue(host, secret)),
      usedBy: [
        ...new Set(
          users
            .filter((use) => use.uuid === secret.uuid || (use.usage !== undefined && use.usage === usageId))
            .map(({ name }) => name),
        ),
        ...(volume ? [`volume ${usageId ?? ''}`] : []),
      ],
    }
  } catch (error) {
    if (isRpcError(error, 'VIR_ERR_NO_SECRET')) return undefined
    throw error
  }
}

/** libvirt has no other question for it. The answer is wiped unread. */
async function hasValue({ rpc }: LibvirtHost, secret: SecretHandle): Promise<boolean | undefined> {
  try {
    const { value } = await rpc.callJob('SECRET_GET_VALUE', { secret, flags: 0 }, quick)
    value.fill(0)
    return true
  } catch (error) {
    if (isRpcError(error, 'VIR_ERR_NO_SECRET')) return false
    // who only looks, or may not, is not told
    if (isRpcError(error, 'VIR_ERR_OPERATION_DENIED') || isRpcError(error, 'VIR_ERR_ACCESS_DENIED'))
      return undefined
    if (isRpcError(error, 'VIR_ERR_INVALID_SECRET') || isUnsupported(error)) return undefined
    throw error
  }
}

async function ofVms(host: LibvirtHost): Promise<Listed<User>> {
  const { items, ...rest } = await readAllDefinitions(host, ['<secret', '<encryption'], readSecretUses)
  return {
    items: items.flatMap(({ vmName, found }) => found.map((use) => ({ ...use, name: `VM ${vmName}` }))),
    ...rest,
  }
}

async function ofPools({ rpc }: LibvirtHost): Promise<Listed<User>> {
  const { pools } = await rpc.callJob('CONNECT_LIST_ALL_STORAGE_POOLS', { need_results: 1, flags: 0 }, quick)
  const { items, ...rest } = await readEach(pools, async (pool) => {
    const { xml } = await rpc.callJob('STORAGE_POOL_GET_XML_DESC', { pool, flags: 0 }, quick)
    if (!xml.includes('<secret')) return undefined
    const { root } = parseXml(xml, `the description of pool ${pool.name}`)
    return readSecretUses(root).map((use): User => ({ ...use, name: `pool ${pool.name}` }))
  })
  return { items: items.flat(), ...rest }
}

/** A secret of a volume is named by the volume's path. */
async function hasVolume({ rpc }: LibvirtHost, path: string): Promise<boolean> {
  try {
    await rpc.callJob('STORAGE_VOL_LOOKUP_BY_PATH', { path }, quick)
    return true
  } catch (error) {
    if (isRpcError(error, 'VIR_ERR_NO_STORAGE_VOL') || isUnsupported(error)) return false
    throw error
  }
}
