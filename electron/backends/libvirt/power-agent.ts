/** What a guest does itself when its agent is asked (https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainPMSuspendForDuration). */
import { AppError } from '../../../shared/errors'
import { whyNotByAgent, type AgentAction } from '../../../shared/model/guest-agent'
import type { VmId } from '../../../shared/model/ids'
import {
  RpcError,
  virDomainRebootFlagValues as rebootFlags,
  virDomainShutdownFlagValues as shutdownFlags,
  virErrorNumber as codes,
  virNodeSuspendTarget as sleepTargets,
  type DomainHandle,
} from '../../libvirt-rpc/index'
import { domainDocument, type LibvirtHost } from './host'
import { readOverview } from '../../domain-xml/overview'

/** Longer than the minute for which libvirt itself waits for the agent, so that its own word comes first. */
const timeoutMs = 70_000

export async function askAgent(
  host: LibvirtHost,
  id: VmId,
  dom: DomainHandle,
  action: AgentAction,
): Promise<void> {
  const problem = whyNotByAgent(action, readOverview(await domainDocument(host, id)))
  if (problem) throw new AppError('invalid', problem.message, { cure: problem.cure })
  try {
    await ask(host, dom, action)
  } catch (error) {
    // libvirt passes on an agent's refusal as an internal error
    if (!(error instanceof RpcError) || error.code !== codes.VIR_ERR_INTERNAL_ERROR) throw error
    throw new AppError('unsupported', 'The guest refuses', {
      cure: 'The details have the words of its agent: it may lack what this needs, such as swap space to hibernate.',
      detail: error.message,
      cause: error,
    })
  }
}

function ask({ rpc }: LibvirtHost, dom: DomainHandle, action: AgentAction): Promise<void> {
  const sleep = (target: number): Promise<void> =>
    rpc.callJob('DOMAIN_PM_SUSPEND_FOR_DURATION', { dom, target, duration: 0, flags: 0 }, { timeoutMs })
  switch (action) {
    case 'shutdownByAgent': {
      const flags = shutdownFlags.VIR_DOMAIN_SHUTDOWN_GUEST_AGENT
      return rpc.callJob('DOMAIN_SHUTDOWN_FLAGS', { dom, flags }, { timeoutMs })
    }
    case 'rebootByAgent':
      return rpc.callJob(
        'DOMAIN_REBOOT',
        { dom, flags: rebootFlags.VIR_DOMAIN_REBOOT_GUEST_AGENT },
        { timeoutMs },
      )
    case 'sleep':
      return sleep(sleepTargets.VIR_NODE_SUSPEND_TARGET_MEM)
    case 'hibernate':
      return sleep(sleepTargets.VIR_NODE_SUSPEND_TARGET_DISK)
    case 'hybridSleep':
      return sleep(sleepTargets.VIR_NODE_SUSPEND_TARGET_HYBRID)
  }
}
