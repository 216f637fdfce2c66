import { expect, it } from 'vitest'
import { agentActions, noAgentChannel, whyNotByAgent } from './guest-agent'

const answering = { hasGuestAgentChannel: true } as const

it('a guest with an agent that answers can be asked for anything', () => {
  for (const action of agentActions) expect(whyNotByAgent(action, answering)).toBeUndefined()
})

it('without a channel, or with nobody at its other end, nothing can be asked, and the cure is told', () => {
  for (const action of agentActions) {
    expect(whyNotByAgent(action, { hasGuestAgentChannel: false })).toBe(noAgentChannel)
    expect(whyNotByAgent(action, { ...answering, isAgentSilent: true })).toMatchObject({
      message: 'The guest agent does not answer',
      cure: expect.stringContaining('qemu-guest-agent') as string,
    })
  }
})

it('what the firmware does not offer is not asked for', () => {
  const refused = (mayNot: readonly ('sleep' | 'hibernate')[]) =>
    agentActions.filter((action) => whyNotByAgent(action, { ...answering, mayNot }) !== undefined)
  expect(refused(['sleep'])).toEqual(['sleep', 'hybridSleep'])
  expect(refused(['hibernate'])).toEqual(['hibernate'])
})
