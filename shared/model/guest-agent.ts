import type { PowerAction } from './vm'
import type { VmOverview } from './vm-overview'

/** What is done by a program inside the guest, which has to be there and to answer. */
export const agentActions = ['shutdownByAgent', 'rebootByAgent', 'sleep', 'hibernate', 'hybridSleep'] as const
export type AgentAction = (typeof agentActions)[number]

export function isAgentAction(action: PowerAction): action is AgentAction {
  return (agentActions as readonly PowerAction[]).includes(action)
}

export interface AgentProblem {
  readonly message: string
  readonly cure: string
}

export const noAgentChannel: AgentProblem = {
  message: 'The VM has no channel for the guest agent',
  cure: 'Add the channel org.qemu.guest_agent.0 on its Hardware tab, and install qemu-guest-agent in the guest.',
}

export const silentAgent: AgentProblem = {
  message: 'The guest agent does not answer',
  cure: 'Install qemu-guest-agent in the guest and start it.',
}

const sleepOff: AgentProblem = {
  message: 'The guest may not sleep',
  cure: 'Allow it on the Hardware tab, Events; it is told when it is next started.',
}

const hibernateOff: AgentProblem = {
  message: 'The guest may not hibernate',
  cure: 'Allow it on the Hardware tab, Events; it is told when it is next started.',
}

/**
 * What keeps a running guest from doing it, as far as its definition shows. Whether the guest itself can sleep only shows
 * when it is asked.
 */
export function whyNotByAgent(
  action: AgentAction,
  vm: Pick<VmOverview, 'hasGuestAgentChannel' | 'isAgentSilent' | 'mayNot'>,
): AgentProblem | undefined {
  if (!vm.hasGuestAgentChannel) return noAgentChannel
  if (vm.isAgentSilent === true) return silentAgent
  if (action === 'hibernate') return vm.mayNot?.includes('hibernate') === true ? hibernateOff : undefined
  if (action !== 'sleep' && action !== 'hybridSleep') return undefined
  return vm.mayNot?.includes('sleep') === true ? sleepOff : undefined
}
