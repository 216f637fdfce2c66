/** Managed save: writes the guest's memory to the host's disk and stops it. */
import type { DomainHandle } from '../../libvirt-rpc/index'
import type { ActionContext } from '../backend'
import { domainJobLimitMs, runDomainJob } from './domain-job'
import type { LibvirtHost } from './host'

export function save(host: LibvirtHost, dom: DomainHandle, context: ActionContext): Promise<void> {
  // whether it continues running when restored follows from its state now (no RUNNING or PAUSED flag)
  return runDomainJob(host, dom, context, (session) =>
    session.call('DOMAIN_MANAGED_SAVE', { dom, flags: 0 }, { timeoutMs: domainJobLimitMs }),
  )
}
