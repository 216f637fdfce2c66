/** Secrets of a demo host: it forgets their values, as it has nothing to open with them. */
import { AppError } from '../../../shared/errors'
import type { Secret } from '../../../shared/model/secret'
import type { SecretSession } from '../secret-session'
import { parseXml } from '../../domain-xml/document'
import { readSecretUses } from '../../domain-xml/secret-uses'
import { randomUUID } from 'node:crypto'
import type { FakeHost } from './fake-host'
import { runningXmlOf, storedXmlOf } from './xml'

type FakeSecret = Omit<Secret, 'usedBy'>

const known = new WeakMap<FakeHost, Map<string, FakeSecret>>()

export function secretsOf(host: FakeHost): Map<string, FakeSecret> {
  const secrets = known.get(host) ?? new Map(first.map((one) => [one.uuid, one]))
  known.set(host, secrets)
  return secrets
}

const first: readonly FakeSecret[] = [
  {
    uuid: '5b7f2d52-7c3a-4f1e-9d10-9a8b7c6d5e01',
    usageType: 'ceph',
    usageId: 'client.libvirt secret',
    description: 'Key of the Ceph cluster',
    isEphemeral: false,
    isPrivate: true,
  },
  {
    uuid: '5b7f2d52-7c3a-4f1e-9d10-9a8b7c6d5e02',
    usageType: 'volume',
    usageId: '/var/lib/libvirt/images/mail.qcow2',
    isEphemeral: false,
    isPrivate: false,
    hasValue: true,
  },
]

/** `answerTime` ends when the host would answer, or tells why it does not. */
export function fakeSecrets(host: FakeHost, answerTime: () => Promise<void>): SecretSession {
  const secrets = secretsOf(host)
  const find = (uuid: string): FakeSecret => {
    const found = secrets.get(uuid)
    if (found) return found
    throw new AppError('not-found', 'The secret does not exist on this host any more')
  }
  return {
    async secrets() {
      await answerTime()
      return { items: [...secrets.values()].map((one) => ({ ...one, usedBy: usersOf(host, one) })) }
    },
    async createSecret({ value, ...wanted }) {
      await answerTime()
      const { usageType, usageId, description, isEphemeral, isPrivate } = wanted
      if ([...secrets.values()].some((one) => one.usageType === usageType && one.usageId === usageId))
        throw new AppError('already-exists', 'There is a secret for this use already', { field: 'usageId' })
      const uuid = randomUUID()
      secrets.set(uuid, {
        uuid,
        usageType,
        usageId,
        isEphemeral,
        isPrivate,
        ...(description === undefined ? {} : { description }),
        ...(isPrivate ? {} : { hasValue: value !== undefined }),
      })
      host.resourceChanged('secret', uuid)
      return uuid
    },
    async setSecretValue(uuid) {
      await answerTime()
      const secret = find(uuid)
      secrets.set(uuid, { ...secret, ...(secret.isPrivate ? {} : { hasValue: true }) })
      host.resourceChanged('secret', uuid)
    },
    async deleteSecret(uuid) {
      await answerTime()
      find(uuid)
      secrets.delete(uuid)
      host.resourceChanged('secret', uuid)
    },
  }
}

function usersOf(host: FakeHost, secret: FakeSecret): string[] {
  return [...host.vms.values()].flatMap((vm) => {
    const texts = [
      ...(vm.isPersistent ? [storedXmlOf(vm)] : []),
      ...(vm.run ? [runningXmlOf(vm, host.displayPort(vm))] : []),
    ]
    const uses = texts.flatMap((xml) => readSecretUses(parseXml(xml).root))
    return uses.some(
      (use) => use.uuid === secret.uuid || (use.usage !== undefined && use.usage === secret.usageId),
    )
      ? [`VM ${vm.definition.name}`]
      : []
  })
}
