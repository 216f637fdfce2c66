/** The hardware of domains: the daemon checks and stores a definition in one call, then changes what runs. */
import { changeCommands } from '../../../domain-xml/hardware/commands'
import { virDomainDefineFlags, isRpcError } from '../../../libvirt-rpc/index'
import type { HardwarePort } from '../../hardware/hardware-editor'
import { defineDomain } from '../define-domain'
import { toAppError } from '../errors'
import type { LibvirtHost } from '../host'
import { readDefinitions } from './definitions'
import { takeLiveStep } from './live-step'
import { checkPaths } from './paths'

export function hardwareOf(host: LibvirtHost, uri: string, hostname: string): HardwarePort {
  return {
    async commands(_id, worked) {
      const name = worked.before.root.find('name')?.text() ?? ''
      return changeCommands(worked, { name, uri, isRunning: worked.running !== undefined })
    },
    read: (id) => readDefinitions(host, id),
    check: (_id, worked) => checkPaths(host, worked, hostname),
    async store(_id, { before, after }) {
      if (before.toString() !== after.toString()) await store(host, before.toString(), after.toString())
    },
    takeStep: (id, step, signal) => takeLiveStep(host, id, step, signal),
    settle: (id) => host.inventory.settle(id),
    toAppError,
  }
}

/**
 * The daemon checks the new definition against its schema. One that it stored itself and yet refuses (made by an older
 * or newer version) would never be editable, so that case goes without.
 */
async function store(host: LibvirtHost, before: string, after: string): Promise<void> {
  try {
    await defineDomain(host, after, virDomainDefineFlags.VIR_DOMAIN_DEFINE_VALIDATE)
  } catch (error) {
    if (!isRpcError(error, 'VIR_ERR_XML_INVALID_SCHEMA')) throw error
    if (!(await isRefused(host, before))) throw error
    await defineDomain(host, after, 0)
  }
}

async function isRefused(host: LibvirtHost, xml: string): Promise<boolean> {
  try {
    await defineDomain(host, xml, virDomainDefineFlags.VIR_DOMAIN_DEFINE_VALIDATE)
    return false
  } catch (error) {
    if (isRpcError(error, 'VIR_ERR_XML_INVALID_SCHEMA')) return true
    throw error
  }
}
