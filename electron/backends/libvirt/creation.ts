/**
 * New domains. libvirt takes a definition with a known UUID and name as a change of that domain, so both are looked up
 * before; a name that is taken beside another UUID it refuses itself, with a code that says nothing.
 */
import { shellWord } from '../../../shared/shell-word'
import type { VmId } from '../../../shared/model/ids'
import { writtenDomain } from '../../domain-xml/written-domain'
import { isNoDomain, virDomainDefineFlags } from '../../libvirt-rpc/index'
import { nameTaken, uuidTaken, type CreationSession } from '../creation-session'
import { defineDomain } from './define-domain'
import { vmIdOf } from './domain-handle'
import { readTimeoutMs, type LibvirtHost } from './host'

export function creationOf(host: LibvirtHost, uri: string): CreationSession {
  return {
    define: (xml) => define(host, xml),
    virtInstall: (words) =>
      ['virt-install', ...(uri === '' ? [] : ['--connect', uri]), ...words].map(shellWord).join(' '),
  }
}

async function define(host: LibvirtHost, xml: string): Promise<VmId> {
  const { name, uuid } = writtenDomain(xml)
  if (await isNameTaken(host, name)) throw nameTaken(name)
  if (uuid !== undefined && (await isUuidTaken(host, uuid))) throw uuidTaken()
  let id: VmId
  try {
    id = vmIdOf(await defineDomain(host, xml, virDomainDefineFlags.VIR_DOMAIN_DEFINE_VALIDATE))
  } catch (error) {
    // somebody else was faster
    if (await isNameTaken(host, name).catch(() => false)) throw nameTaken(name)
    throw error
  }
  await host.inventory.settle(id).catch(() => undefined)
  return id
}

export function isNameTaken({ rpc }: LibvirtHost, name: string): Promise<boolean> {
  return isThere(rpc.call('DOMAIN_LOOKUP_BY_NAME', { name }, { timeoutMs: readTimeoutMs }))
}

function isUuidTaken({ rpc }: LibvirtHost, uuid: string): Promise<boolean> {
  return isThere(rpc.call('DOMAIN_LOOKUP_BY_UUID', { uuid }, { timeoutMs: readTimeoutMs }))
}

async function isThere(looking: Promise<unknown>): Promise<boolean> {
  try {
    await looking
    return true
  } catch (error) {
    if (isNoDomain(error)) return false
    throw error
  }
}
