/**
 * The definition of a new VM: what a user wants, on what the host has, with the devices the system knows. Pure, and without
 * what the user changed on it afterwards (`NewVmInput.changes`), which the plan applies.
 */
import { AppError } from '../../shared/errors'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../shared/model/os/os'
import { writeBootPlan } from './definition/boot-plan'
import { addControllers } from './definition/controllers'
import { writeContainer } from './definition/container'
import { addDisks } from './definition/disks'
import { Draft } from './definition/draft'
import { newGuest } from './definition/guest'
import { writeMachine } from './definition/machine'
import { addNics } from './definition/nics'
import { addScreens } from './definition/screens'
import { addAgentChannel, addHelpers, addTextLines } from './definition/small-devices'
import type { CreationFacts } from './facts'

export function definitionOf(input: NewVmInput, facts: CreationFacts, os: OsKnowledge | undefined): string {
  const { source } = input
  if ((input.guest.osType === 'exe') !== (source.kind === 'container')) throw notForSuchGuests(source.kind)
  const guest = newGuest(input, facts, os)
  const draft = new Draft(facts.capabilities)
  if (source.kind === 'container') {
    writeContainer(draft, input, source, facts)
    addNics(draft, input, facts, guest)
    addTextLines(draft, guest)
    return draft.toString()
  }
  writeMachine(draft, input, facts, guest)
  addDisks(draft, input, facts, guest)
  addControllers(draft, guest)
  addNics(draft, input, facts, guest)
  addTextLines(draft, guest)
  addAgentChannel(draft, guest)
  addScreens(draft, input, guest)
  addHelpers(draft, input, guest)
  writeBootPlan(draft, input, guest)
  return draft.toString()
}

/** A container starts a program, and a VM starts a computer. */
function notForSuchGuests(source: NewVmInput['source']['kind']): AppError {
  const isContainer = source === 'container'
  return new AppError(
    'invalid',
    isContainer ? 'Such guests are no containers' : 'Containers are not installed as VMs are',
    {
      cure: isContainer
        ? 'Choose the kind of guest "exe", or another source.'
        : 'Choose a program or a folder with a system for the container.',
      field: 'source',
    },
  )
}
