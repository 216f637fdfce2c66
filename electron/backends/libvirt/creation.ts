/**
 * New domains. libvirt takes a definition with a known UUID and name as a change of that domain, so both are looked up
 * before; a name that is taken beside another UUID it refuses itself, with a code that says nothing.
 */
import { AppError } from '../../../shared/errors'
import { shellWord } from '../../../shared/shell-word'
import type { VmId } from '../../../shared/model/ids'
import { writtenDomain, type WrittenDomain } from '../../domain-xml/written-domain'
import {
  isNoDomain,
  isRpcError,
  virDomainCreateFlags,
  virDomainDefineFlags,
  type DomainHandle,
} from '../../libvirt-rpc/index'
import { nameTaken, uuidTaken, type CreationSession, nothingToTakeOver } from '../creation-session'
import { defineDomain } from './define-domain'
import { vmIdOf } from './domain-handle'
import { readDefinitions } from './hardware/definitions'
import { changeTimeoutMs, readTimeoutMs, type LibvirtHost } from './host'

export function creationOf(host: LibvirtHost, uri: string): CreationSession {
  const command = (program: string, words: readonly string[]): string =>
    [program, ...(uri === '' ? [] : ['--connect', uri]), ...words].map(shellWord).join(' ')
  return {
    define: (xml) => define(host, xml),
    install: (firstStart, stored) => install(host, firstStart, stored),
    source: (vm) => source(host, vm),
    takeOver: () => nothingToTakeOver(),
    virtInstall: (words) => command('virt-install', words),
    virtClone: (words) => command('virt-clone', words),
  }
}

async function source(host: LibvirtHost, vm: VmId): Promise<string> {
  const { stored } = await readDefinitions(host, vm)
  if (stored) return stored.toString()
  throw new AppError('unsupported', 'This VM has no stored definition: it is gone once it stops')
}

/** Devices, networks and memory are set up before a start is answered. */
const startTimeoutMs = 110_000

async function define(host: LibvirtHost, xml: string): Promise<VmId> {
  const { name } = await freeOn(host, xml)
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

/**
 * A domain that runs without being stored, as libvirt calls it, becomes a stored one when it is defined; it goes on running
 * as it was started (https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainDefineXMLFlags).
 */
async function install(host: LibvirtHost, firstStart: string, stored: string): Promise<VmId> {
  const { name } = await freeOn(host, firstStart)
  let dom: DomainHandle
  try {
    const args = { xml_desc: firstStart, flags: virDomainCreateFlags.VIR_DOMAIN_START_VALIDATE }
    dom = (await host.rpc.callJob('DOMAIN_CREATE_XML', args, { timeoutMs: startTimeoutMs })).dom
  } catch (error) {
    if (await isNameTaken(host, name).catch(() => false)) throw nameTaken(name)
    throw error
  }
  const id = vmIdOf(dom)
  try {
    await defineDomain(host, stored, virDomainDefineFlags.VIR_DOMAIN_DEFINE_VALIDATE)
  } catch (error) {
    // nobody knows whether one that is not answered was done: what it is then is told by whoever asked
    if (isRpcError(error) || error instanceof AppError)
      await host.rpc.call('DOMAIN_DESTROY', { dom }, { timeoutMs: changeTimeoutMs }).catch(() => undefined)
    throw error
  }
  await host.inventory.settle(id).catch(() => undefined)
  return id
}

/** Ends with `already-exists` for a definition of a VM that is there. */
async function freeOn(host: LibvirtHost, xml: string): Promise<WrittenDomain> {
  const written = writtenDomain(xml)
  if (await isNameTaken(host, written.name)) throw nameTaken(written.name)
  if (written.uuid !== undefined && (await isUuidTaken(host, written.uuid))) throw uuidTaken()
  return written
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
