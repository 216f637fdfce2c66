import { useState } from 'react'
import { agentActions, whyNotByAgent, type AgentAction } from '../../../shared/model/guest-agent'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { useVm } from '../../stores/vms'
import { Choices } from '../../ui/Choices'
import { PowerIcon } from '../../ui/icons/power'
import { Note } from '../../ui/Note'
import { whyNotNow } from './actions'
import { perform } from './run'
import { useActionContext } from './use-action-context'

const choices: Record<AgentAction, { readonly label: string; readonly note: string }> = {
  shutdownByAgent: {
    label: 'Shut down',
    note: 'Also where nobody in the guest listens to the power button.',
  },
  rebootByAgent: { label: 'Reboot', note: 'The guest ends its programs and boots anew.' },
  sleep: { label: 'Sleep', note: 'Its memory stays on the host, and nothing runs until it is woken.' },
  hibernate: {
    label: 'Hibernate',
    note: 'It writes its memory to its own disk and switches off; its next start goes on from there.',
  },
  hybridSleep: {
    label: 'Sleep and hibernate',
    note: 'It sleeps, and its memory is on its own disk as well, should the host be switched off.',
  },
}

interface Reason {
  readonly message: string
  readonly cure?: string
}

/** The other way of asking a guest: by a program inside it, rather than by the buttons of its machine. */
export function AskAgentDialog({ target }: { target: VmRef }) {
  const vm = useVm(vmKey(target))
  const context = useActionContext()
  const [chosen, setChosen] = useState<AgentAction>('shutdownByAgent')
  // a guest that boots meanwhile is noticed
  const { value, error } = useAnswer(`agent ${vmKey(target)} ${vm?.state}`, () => api.vms.overview(target), {
    everyMs: 3000,
  })
  if (!vm) return null
  const problems = new Map<AgentAction, Reason | undefined>(
    agentActions.map((action) => {
      const state = whyNotNow(action, vm, context)
      if (state !== undefined) return [action, { message: state }]
      return [action, value && whyNotByAgent(action, value)]
    }),
  )
  const [first] = problems.values()
  const isAll = first && agentActions.every((action) => problems.get(action)?.message === first.message)
  return (
    <ConfirmDialog
      title={`Ask the agent inside ${vm.name}`}
      confirmLabel={isAll ? undefined : choices[chosen].label}
      canConfirm={value !== undefined && problems.get(chosen) === undefined}
      icon={PowerIcon}
      onClose={closeDialog}
      onConfirm={async () => {
        closeDialog()
        await perform(chosen, target)
      }}
    >
      {isAll ? (
        <Note tone="info" title={first.message}>
          {first.cure}
        </Note>
      ) : (
        <Choices
          label="What the guest shall do"
          value={chosen}
          onChange={setChosen}
          choices={agentActions.map((action) => {
            const problem = problems.get(action)
            const reason = problem && (problem.cure ? `${problem.message}. ${problem.cure}` : problem.message)
            return { id: action, ...choices[action], disabledReason: reason }
          })}
        />
      )}
      {error ? <ErrorBox error={error} /> : null}
      <p className="secondary">
        Shut down and Reboot in the menu press the power button of the machine (ACPI) instead, which needs no
        agent.
      </p>
    </ConfirmDialog>
  )
}
