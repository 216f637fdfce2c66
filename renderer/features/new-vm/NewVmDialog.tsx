import { useRef, useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import { suggest } from '../../../shared/model/new-vm/suggest'
import type { PlanProblem } from '../../../shared/model/new-vm/new-vm'
import type { Wishes } from '../../../shared/model/new-vm/wishes'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { PlusIcon } from '../../ui/icons/general'
import { Note } from '../../ui/Note'
import { TextField } from '../../ui/TextField'
import { createVm } from './create'
import { whyNoNewVm } from '../hosts/new-vm-entry'
import { failedDraft, forgetFailed } from './failed-drafts'
import { FirstStartStep } from './FirstStartStep'
import { NetworkStep } from './NetworkStep'
import { noteOf } from './notes'
import { FailedNote, HostSelect, Status, Warnings } from './parts'
import { SizeStep } from './SizeStep'
import { SourceStep } from './SourceStep'
import { errorAt, stepLabel, stepOf, stepsOf, type StepId } from './steps'
import { StorageStep } from './StorageStep'
import { SummaryStep } from './SummaryStep'
import { SystemStep } from './SystemStep'
import { useOffer } from './use-offer'
import { usePlan } from './use-plan'
import { WizardContext, type DraftEditor, type Wizard } from './wizard'
import './new-vm.css'

const notTakenOver: PlanProblem = {
  level: 'error',
  field: 'changes',
  message: 'The edited definition is not part of the VM yet',
  cure: 'Take it over, or discard it, on the XML page of the summary.',
}

interface Props {
  readonly host: HostId
  /** Choices of one that was cut off. */
  readonly begin?: { readonly wishes: Wishes; readonly without: readonly string[] } | undefined
  readonly DraftEditor: DraftEditor
}

/** From nothing to a VM: everything is suggested, so that what a user wants else is all that is typed. */
export function NewVmDialog({ host: first, begin, DraftEditor }: Props) {
  const [host, setHost] = useState(first)
  const [failed, setFailed] = useState(() => (begin ? undefined : failedDraft(first)))
  const [wishes, setWishes] = useState<Wishes>(begin?.wishes ?? failed?.wishes ?? {})
  const [step, setStep] = useState<StepId>(failed || begin ? 'summary' : 'source')
  const [isTried, setTried] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<ErrorData>()
  const [typedXml, typeXml] = useState<string>()
  const panel = useRef<HTMLDivElement>(null)
  const record = useHost(host)
  const known = useOffer(host, wishes)
  const { shown, input, problems: missing } = suggest(wishes, known.offer)
  const planned = usePlan(whyNoNewVm(record) === undefined ? input : undefined)
  const told = input ? (planned.plan?.problems ?? []) : []
  const unfinished: readonly PlanProblem[] = typedXml === undefined ? [] : [notTakenOver]
  const problems = [...missing, ...unfinished, ...told]
  // what the host said of something else by now does not count; it is asked again anyway
  const blocking = [...missing, ...unfinished, ...(planned.isCurrent ? told : [])].find(
    ({ level }) => level === 'error',
  )

  const set = (change: Partial<Wishes>): void => {
    setRefused(undefined)
    setWishes((before) => ({ ...before, ...change }))
  }
  const clear = (...keys: (keyof Wishes)[]): void => {
    setRefused(undefined)
    setWishes((before) => {
      const rest = { ...before }
      for (const key of keys) delete rest[key]
      return rest
    })
  }
  const moveTo = (next: HostId): void => {
    setHost(next)
    setRefused(undefined)
    // what belongs to the other host stays there
    setWishes(
      ({
        name,
        osId,
        noOs,
        vcpuCount,
        memoryBytes,
        storageBytes,
        graphics,
        startsNow,
        hasAutostart,
        cloud,
        tree,
        answers,
      }) => {
        const { pool: ____, ...answered } = answers ?? {}
        const { base: _, baseBytes: __, pool: ___, ...typed } = cloud ?? {}
        return compact({
          ...{
            name,
            osId,
            noOs,
            vcpuCount,
            memoryBytes,
            storageBytes,
            graphics,
            startsNow,
            hasAutostart,
            tree,
          },
          cloud: cloud && typed,
          answers: answers && answered,
        })
      },
    )
    setStep('source')
  }
  const goTo = (next: StepId): void => {
    setStep(next)
    panel.current?.scrollTo?.({ top: 0 })
  }
  const close = (): void => {
    if (Object.keys(wishes).length === 0 && typedXml === undefined) closeDialog()
    else setAsking(true)
  }
  const leadTo = (problem: PlanProblem): void => {
    setTried(true)
    if (problem.field !== 'name') goTo(stepOf(problem, shown.source))
    // after it is drawn
    requestAnimationFrame(() => {
      const field = document.querySelector<HTMLElement>(
        '.nv-dialog [data-invalid] input, .nv-dialog [data-invalid] textarea, .nv-dialog [data-invalid] button',
      )
      if (field) field.focus()
      // what belongs to no single field may stand far below
      else document.querySelector('.nv-panels .field-error')?.scrollIntoView?.({ block: 'center' })
    })
  }
  const create = async (): Promise<void> => {
    if (isBusy || whyNoNewVm(record) !== undefined) return
    if (blocking || !input) {
      if (blocking) leadTo(blocking)
      return
    }
    setBusy(true)
    setRefused(undefined)
    try {
      await createVm(input, wishes)
    } catch (reason) {
      setRefused(errorData(reason))
      setBusy(false)
    }
  }
  const stepIds = stepsOf(shown.source)
  const at = stepIds.indexOf(step)
  const next = stepIds[at + 1]
  const before = stepIds[at - 1]
  const wizard: Wizard = {
    host,
    DraftEditor,
    wishes,
    shown,
    known,
    problems: isTried ? problems : told,
    set,
    clear,
    typedXml,
    typeXml,
    goTo,
    planAgain: planned.again,
  }
  const locked = whyNoNewVm(record)
  const createButton = (
    <Button
      {...(next === undefined ? { type: 'submit' as const } : { onPress: () => void create() })}
      variant="primary"
      isBusy={isBusy}
      disabledReason={locked}
    >
      Create
    </Button>
  )
  return (
    <WizardContext value={wizard}>
      <Dialog
        title="New VM"
        icon={PlusIcon}
        width={940}
        onClose={close}
        onSubmit={() => (next === undefined ? void create() : goTo(next))}
        footer={
          <>
            <Status blocking={blocking} isTried={isTried} isCurrent={planned.isCurrent} onLead={leadTo} />
            <Button onPress={close}>Cancel</Button>
            {before === undefined ? null : <Button onPress={() => goTo(before)}>Back</Button>}
            {next === undefined ? null : <Button type="submit">Next</Button>}
            {createButton}
          </>
        }
      >
        <div className="nv-dialog">
          <div className="nv-top">
            <TextField
              label="Name"
              value={shown.name}
              onChange={(name) => set({ name })}
              error={errorAt(wishes.name === undefined ? told : problems, 'name')}
            />
            <HostSelect host={host} onChange={moveTo} />
          </div>
          {failed && wishes === failed.wishes ? (
            <FailedNote
              name={failed.name}
              error={failed.error}
              onAfresh={() => {
                forgetFailed(host)
                setFailed(undefined)
                setWishes({})
                setStep('source')
              }}
            />
          ) : null}
          {begin && begin.without.length > 0 && host === first ? (
            <Note tone="info" title="The choices are those of the creation that was cut off">
              {`To be entered anew, as they are never kept: ${begin.without.join(', ')}.`}
            </Note>
          ) : null}
          {refused ? <ErrorBox error={refused} title="The VM was not created" /> : null}
          {known.capabilities.error && !known.offer.capabilities ? (
            <ErrorBox error={known.capabilities.error} title="The host did not tell what it can run" />
          ) : null}
          <Tabs
            className="nv-main"
            orientation="vertical"
            selectedKey={step}
            onSelectionChange={(key) => {
              const found = stepIds.find((id) => id === key)
              if (found) goTo(found)
            }}
          >
            <TabList aria-label="Steps" className="nv-steps">
              {stepIds.map((id) => (
                <Tab key={id} id={id} className="nv-step">
                  <span className="nv-step-label">
                    {stepLabel[id]}
                    {wizard.problems.some(
                      (one) =>
                        one.level === 'error' && stepOf(one, shown.source) === id && one.field !== 'name',
                    ) ? (
                      <span className="nv-step-mark">
                        <span className="visually-hidden">, something is wrong</span>
                      </span>
                    ) : null}
                  </span>
                  <span className="nv-step-note truncate">{noteOf(id, wishes, shown, known)}</span>
                </Tab>
              ))}
            </TabList>
            <div className="nv-panels" ref={panel}>
              {/* an upload goes on while another step is shown */}
              <TabPanel id="source" className="nv-panel" shouldForceMount>
                <SourceStep key={host} />
                <Warnings step="source" errorsOf="source.second" />
              </TabPanel>
              <TabPanel id="cloud" className="nv-panel">
                <FirstStartStep />
                <Warnings step="cloud" />
              </TabPanel>
              <TabPanel id="system" className="nv-panel">
                <SystemStep />
                <Warnings step="system" />
              </TabPanel>
              <TabPanel id="size" className="nv-panel">
                <SizeStep />
                <Warnings step="size" />
              </TabPanel>
              <TabPanel id="storage" className="nv-panel">
                <StorageStep />
                <Warnings step="storage" />
              </TabPanel>
              <TabPanel id="network" className="nv-panel">
                <NetworkStep />
                <Warnings step="network" />
              </TabPanel>
              <TabPanel id="summary" className="nv-panel nv-panel-summary">
                <SummaryStep input={input} planned={planned} problems={problems} />
              </TabPanel>
            </div>
          </Tabs>
        </div>
      </Dialog>
      {isAsking ? (
        <ConfirmDialog
          title="Close without creating the VM?"
          confirmLabel="Close"
          tone="danger"
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            closeDialog()
          }}
        >
          <p>What you entered is lost.</p>
        </ConfirmDialog>
      ) : null}
    </WizardContext>
  )
}

function compact(wishes: { readonly [K in keyof Wishes]: Wishes[K] | undefined }): Wishes {
  return Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined)) as Wishes
}
