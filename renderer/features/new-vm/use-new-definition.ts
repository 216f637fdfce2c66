import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { FromDefinitionInput, FromDefinitionPlan } from '../../../shared/model/new-vm/from-definition'
import type { PlanProblem } from '../../../shared/model/new-vm/new-vm'
import { vmName } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { useAsked } from '../../api/use-asked'
import { closeDialog, type DialogRequest } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { claimTask } from '../../stores/task-claims'
import { whyNoNewVm } from '../hosts/new-vm-entry'
import { tellEnd } from './create'

type Identity = FromDefinitionInput['identity']

export interface NewDefinition {
  readonly plan: FromDefinitionPlan | undefined
  readonly problems: readonly PlanProblem[]
  /** The host could not be asked. */
  readonly askError: ErrorData | undefined
  /** Why the host takes none now. */
  readonly locked: string | undefined
  /** As typed; undefined: as the definition says. */
  readonly typedName: string | undefined
  readonly wrongName: string | undefined
  readonly identity: Identity
  readonly startsNow: boolean
  readonly isReady: boolean
  readonly isBusy: boolean
  readonly failure: ErrorData | undefined
  setName(name: string | undefined): void
  setIdentity(identity: Identity): void
  setStartsNow(startsNow: boolean): void
  setFailure(failure: ErrorData | undefined): void
  /** Closes the dialog once it has begun; `again` opens it as it was, for one that fails later. */
  create(again: () => DialogRequest): Promise<void>
}

/** A definition on its way to a VM: held against the host while it is written, and made in the end. */
export function useNewDefinition(host: HostId, xml: string): NewDefinition {
  const [typedName, setName] = useState<string>()
  const [identity, setIdentity] = useState<Identity>('keep')
  const [startsNow, setStartsNow] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorData>()
  const locked = whyNoNewVm(useHost(host))
  const wrongName =
    typedName === undefined ? undefined : vmName.safeParse(typedName).error?.issues[0]?.message
  const input: FromDefinitionInput | undefined =
    xml.trim() === '' || locked !== undefined || wrongName !== undefined
      ? undefined
      : { host, xml, identity, startsNow, ...(typedName === undefined ? {} : { name: typedName }) }
  const asked = useAsked(input, (wanted): Promise<FromDefinitionPlan> => api.newVm.planDefinition(wanted))
  const plan = input ? asked.value : undefined
  const problems = plan?.problems ?? []
  const isReady = asked.isCurrent && plan !== undefined && !problems.some(({ level }) => level === 'error')
  const create = async (again: () => DialogRequest): Promise<void> => {
    if (!input || !isReady || isBusy) return
    setBusy(true)
    setFailure(undefined)
    try {
      const claim = await claimTask(() => api.newVm.createFromDefinition(input))
      closeDialog()
      await tellEnd({ host, name: plan?.name ?? '', startsNow }, claim.ended, again)
    } catch (reason) {
      setFailure(errorData(reason))
      setBusy(false)
    }
  }
  return {
    plan,
    problems,
    askError: asked.error,
    locked,
    typedName,
    wrongName,
    identity,
    startsNow,
    isReady,
    isBusy,
    failure,
    setName,
    setIdentity,
    setStartsNow,
    setFailure,
    create,
  }
}
