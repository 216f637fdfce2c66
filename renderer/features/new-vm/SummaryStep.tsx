import { useState } from 'react'
import {
  maxSeries,
  type NewVmInput,
  type NewVmPlan,
  type PlannedFile,
  type PlanProblem,
} from '../../../shared/model/new-vm/new-vm'
import { formatBytes } from '../../../shared/units'
import { CommandBlock } from '../../components/CommandBlock'
import { ErrorBox } from '../../components/ErrorBox'
import { Button } from '../../ui/Button'
import { ErrorIcon, WarningIcon } from '../../ui/icons/general'
import { DiskIcon } from '../../ui/icons/hardware'
import { Spinner } from '../../ui/Spinner'
import { Switch } from '../../ui/Switch'
import { Tabs } from '../../ui/Tabs'
import { SeedFiles } from './SeedFiles'
import { NumberField } from '../../ui/NumberField'
import { DefinitionText } from './DefinitionText'
import { FixButton } from './FixButton'
import { HardwareChanges } from './HardwareChanges'
import { nicText } from './nic-text'
import { sizeText } from './size-text'
import { errorAt, stepLabel, stepOf } from './steps'
import type { Planned } from './use-plan'
import { useWizard } from './wizard'

type Page = 'what' | 'cloud' | 'answers' | 'xml' | 'command'

interface Props {
  readonly input: NewVmInput | undefined
  readonly planned: Planned & { readonly again: () => void }
  /** What is missing, and what the host said against it. */
  readonly problems: readonly PlanProblem[]
}

/** What will be made, what stands against it, and the same as a definition and a command. */
export function SummaryStep({ input, planned, problems }: Props) {
  const { shown, known, set } = useWizard()
  const [page, setPage] = useState<Page>('what')
  const { plan, error } = planned
  const isContainer = shown.source === 'container'
  return (
    <>
      <div className="nv-switches">
        <Switch
          isSelected={shown.startsNow}
          // an installation from the web is its first start
          isDisabled={shown.source === 'tree'}
          onChange={(startsNow) => set({ startsNow })}
        >
          {isContainer ? 'Start it now' : 'Start it now and open its console'}
        </Switch>
        <Switch isSelected={shown.hasAutostart} onChange={(hasAutostart) => set({ hasAutostart })}>
          Start it with the host
        </Switch>
      </div>
      {/* several would write to the same files */}
      {isContainer ? null : <HowMany plan={plan} problems={problems} />}
      <HardwareChanges input={input} plan={plan} />
      <Problems problems={problems} />
      {error ? (
        <ErrorBox
          error={error}
          title="The host could not be asked"
          actions={<Button onPress={planned.again}>Ask again</Button>}
        />
      ) : null}
      <Tabs<Page>
        label="What will be made"
        selected={isThere(page, plan) ? page : 'what'}
        onSelect={setPage}
        tabs={[
          {
            id: 'what',
            label: 'Overview',
            content: (
              <dl className="nv-facts">
                {isContainer ? (
                  <ContainerFacts />
                ) : (
                  <Fact name="System" value={known.offer.os?.name ?? 'Not known'} />
                )}
                <Fact
                  name="Machine"
                  value={[shown.kind?.architecture, shown.machine, shown.virtType]
                    .filter((part) => part !== undefined && part !== '')
                    .join(', ')}
                />
                <Fact name="Size" value={sizeText(shown)} />
                <Fact name="Network" value={shown.nics.map(nicText).join(', ') || 'None'} />
                {isContainer ? null : <Files plan={plan} />}
                {plan?.kernelLine === undefined || plan.kernelLine === '' ? null : (
                  <Fact name="Kernel’s line" value={plan.kernelLine} />
                )}
              </dl>
            ),
          },
          ...(plan?.cloudInit === undefined
            ? []
            : [{ id: 'cloud' as const, label: 'cloud-init', content: <SeedFiles files={plan.cloudInit} /> }]),
          ...(plan?.answers === undefined
            ? []
            : [{ id: 'answers' as const, label: 'Answers', content: <SeedFiles files={plan.answers} /> }]),
          {
            id: 'xml',
            label: 'XML',
            content: plan ? <DefinitionText plan={plan} /> : <Waiting />,
          },
          {
            id: 'command',
            label: 'Command',
            content: <Command plan={plan} />,
          },
        ]}
      />
    </>
  )
}

/** Some pages are only there for some plans. */
function isThere(page: Page, plan: NewVmPlan | undefined): boolean {
  if (page === 'cloud') return plan?.cloudInit !== undefined
  return page !== 'answers' || plan?.answers !== undefined
}

/** One description may be that of several VMs. */
function HowMany({
  plan,
  problems,
}: {
  readonly plan: NewVmPlan | undefined
  readonly problems: readonly PlanProblem[]
}) {
  const { wishes, set, clear } = useWizard()
  const names = plan?.names ?? []
  return (
    <div className="nv-many">
      <NumberField
        label="How many"
        value={wishes.count ?? 1}
        min={1}
        max={maxSeries}
        onChange={(count) => (count === 1 ? clear('count') : set({ count: count ?? '' }))}
        error={errorAt(problems, 'count')}
      />
      {names.length === 0 ? null : (
        <span className="secondary selectable">
          {names.length > 6 ? `${names.slice(0, 3).join(', ')} … ${names.at(-1)}` : names.join(', ')}
        </span>
      )}
    </div>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="selectable">{value}</dd>
    </>
  )
}

function ContainerFacts() {
  const { root, init, args, hasOwnIds, uidStart } = useWizard().shown.container
  return (
    <>
      <Fact name="Files" value={root === '' ? 'All of the host' : root} />
      <Fact name="Starts" value={[init, ...args.split('\n')].join(' ').trim()} />
      <Fact name="Users" value={hasOwnIds ? `Its own, from ${uidStart} on` : "The host's"} />
    </>
  )
}

function Files({ plan }: { readonly plan: NewVmPlan | undefined }) {
  if (!plan) return null
  return (
    <>
      <dt>Files</dt>
      <dd>
        {plan.files.length === 0 ? 'None' : null}
        <ul className="nv-files">
          {plan.files.map((file) => (
            <li key={`${file.what} ${file.name}`}>
              <DiskIcon size={14} />
              <span className="nv-file-text">
                <span className="selectable">{file.path ?? file.name}</span>
                <span className="secondary">{fileText(file)}</span>
              </span>
            </li>
          ))}
        </ul>
      </dd>
    </>
  )
}

const usedAs: { readonly [what in PlannedFile['what']]?: string } = {
  disc: 'disc, used as it is',
  disk: 'disk, used as it is',
  original: 'image that is copied',
  base: 'image that the disk is built on: keep it as it is',
}

const madeAs: { readonly [what in PlannedFile['what']]?: string } = {
  seed: 'disc for cloud-init, made anew',
  answers: 'disc with the answers for the installer, made anew',
  disc: 'disc, copied so that VMs can read it',
}

function fileText({ action, what, from, sizeBytes, freeBytes }: PlannedFile): string {
  const size = sizeBytes === undefined ? [] : [formatBytes(sizeBytes)]
  if (action === 'use') return [usedAs[what] ?? 'used as it is', ...size].join(', ')
  if (action === 'upload') return 'uploaded from this computer and converted'
  if (action === 'fetch')
    return `${what} of the installer, fetched from ${from ?? 'the web'}; removed once the VM runs`
  const free = freeBytes === undefined ? [] : [`${formatBytes(freeBytes)} free there`]
  return [madeAs[what] ?? 'made anew', ...size, ...free].join(', ')
}

function Command({ plan }: { readonly plan: NewVmPlan | undefined }) {
  if (!plan) return <Waiting />
  if (plan.command === undefined)
    return <p className="nv-note">virt-install cannot make this VM, so there is no equal command.</p>
  return (
    <div className="nv-command">
      <p className="nv-note">The same, by hand:</p>
      <CommandBlock text={plan.command} />
      {plan.commandNotes.length === 0 ? null : (
        <ul className="nv-notes">
          {plan.commandNotes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Waiting() {
  return (
    <p className="nv-note" role="status">
      <Spinner size={12} /> Not worked out yet. Something above may be missing.
    </p>
  )
}

function Problems({ problems }: { readonly problems: readonly PlanProblem[] }) {
  const { shown, goTo } = useWizard()
  if (problems.length === 0) return null
  return (
    <ul className="nv-problems" aria-label="Problems">
      {problems.map((problem) => {
        const step = stepOf(problem, shown.source)
        const Icon = problem.level === 'error' ? ErrorIcon : WarningIcon
        return (
          <li
            key={`${problem.field} ${problem.message}`}
            className={`nv-problem nv-problem-${problem.level}`}
          >
            <Icon size={14} />
            <span className="nv-problem-text">
              {problem.message}
              {problem.cure === undefined ? null : <span className="secondary">. {problem.cure}</span>}
            </span>
            <FixButton problem={problem} />
            {step === 'summary' ? null : (
              <Button
                className="button-small"
                onPress={() => goTo(step)}
              >{`Go to ${stepLabel[step]}`}</Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
