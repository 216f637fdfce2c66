/** Writes a guest's memory to the host's disk and stops it. */
import type { DomainHandle } from '../../../libvirt-rpc/index'
import type { ActionContext } from '../../backend'
import { domainJobLimitMs as limitMs, runDomainJob } from '../domain-job'
import type { LibvirtHost } from '../host'

/** Managed save: libvirt keeps the file itself, and the VM's next start takes it. */
export function save(host: LibvirtHost, dom: DomainHandle, context: ActionContext): Promise<void> {
  // whether it continues running when restored follows from its state now (no RUNNING or PAUSED flag)
  return runDomainJob(host, dom, context, (session) =>
    session.call('DOMAIN_MANAGED_SAVE', { dom, flags: 0 }, { timeoutMs: limitMs }),
  )
}

export function saveToPath(
  host: LibvirtHost,
  dom: DomainHandle,
  { to, flags }: { readonly to: string; readonly flags: number },
  context: ActionContext,
): Promise<void> {
  return runDomainJob(host, dom, context, (session) =>
    session.call('DOMAIN_SAVE_FLAGS', { dom, to, dxml: null, flags }, { timeoutMs: limitMs }),
  )
}
