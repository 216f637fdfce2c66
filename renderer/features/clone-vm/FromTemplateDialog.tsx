import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import {
  cloneInput,
  suggestNameAfter,
  type CloneInput,
  type ClonePlan,
  type CloneWay,
} from '../../../shared/model/clone'
import { vmKey, type HostId, type VmId } from '../../../shared/model/ids'
import type { PlanProblem } from '../../../shared/model/new-vm/new-vm'
import { vmName, type Vm } from '../../../shared/model/vm'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { useSizePresets } from '../../api/use-size-presets'
import { ErrorBox } from '../../components/ErrorBox'
import { SizePresets } from '../../components/SizePresets'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { useVms } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TemplateIcon } from '../../ui/icons/objects'
import { Note } from '../../ui/Note'
import { NumberField } from '../../ui/NumberField'
import { Segmented } from '../../ui/Segmented'
import { Select } from '../../ui/Select'
import { SizeField } from '../../ui/SizeField'
import { Switch } from '../../ui/Switch'
import { TextField } from '../../ui/TextField'
import { CloneResult } from './CloneResult'
import { useClonePlan } from './use-clone-plan'
import './clone-vm.css'

interface Props {
  readonly host: HostId
  /** Absent: the first there is. */
  readonly template: VmId | undefined
}

/** New VMs of one that is kept for that: named, sized and started in one go. */
export function FromTemplateDialog({ host, template }: Props) {
  const all = useVms((state) => state.byKey)
  const vms = [...all.values()].filter((vm) => vm.host === host)
  const templates = vms.filter((vm) => vm.isTemplate === true)
  const [chosen, setChosen] = useState(template)
  const vm = templates.find(({ id }) => id === chosen) ?? templates[0]
  if (!vm)
    return (
      <Dialog
        title="New VM from a template"
        icon={TemplateIcon}
        width={480}
        onClose={closeDialog}
        footer={
          <>
            <Button className="push" onPress={() => openDialog({ kind: 'newVm', host })}>
              Other sources
            </Button>
            <Button onPress={closeDialog}>Close</Button>
          </>
        }
      >
        <p>This host has no template yet.</p>
        <p className="secondary">
          Install and set up a VM as new ones shall be, shut it down, and choose “Make it a template…” in its
          menu.
        </p>
      </Dialog>
    )
  return (
    <Form key={vmKey({ host, vm: vm.id })} vm={vm} templates={templates} vms={vms} onTemplate={setChosen} />
  )
}

const become: Readonly<Record<CloneWay, string>> = {
  copy: 'copied',
  linked: 'linked',
  share: 'shared with the template',
  skip: 'left out',
}

/** What becomes of each disk of the first one; the files of all are below. */
function Disks({ plan }: { readonly plan: ClonePlan }) {
  const disks = plan.clones[0]?.disks.filter(({ from }) => from !== undefined) ?? []
  if (disks.length === 0) return null
  return (
    <dl className="clone-paths" aria-label="Disks of the new VM">
      {disks.map(({ target, from, to, how }) => (
        <div key={target} className="clone-one">
          <dt>{`${target}, ${become[how]}`}</dt>
          <dd className="mono selectable">{to ?? from}</dd>
        </div>
      ))}
    </dl>
  )
}

function Form(props: {
  readonly vm: Vm
  readonly templates: readonly Vm[]
  readonly vms: readonly Vm[]
  readonly onTemplate: (id: VmId) => void
}) {
  const { vm, templates, vms, onTemplate } = props
  const status = useHost(vm.host)?.status
  const kept = useSizePresets()
  const [name, setName] = useState(() =>
    suggestNameAfter(
      vm.name,
      vms.map((other) => other.name),
    ),
  )
  const [usual, setUsual] = useState<'linked' | 'copy'>('linked')
  const [count, setCount] = useState<number | string | undefined>(1)
  const [vcpuCount, setVcpus] = useState<number | string | undefined>(vm.vcpuCount)
  const [memoryBytes, setMemory] = useState<number | string | undefined>(vm.maxMemoryBytes)
  const [startsNow, setStartsNow] = useState(true)
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<ErrorData>()
  const checkedName = vmName.safeParse(name)
  const parsed = cloneInput.safeParse({
    host: vm.host,
    vm: vm.id,
    name: name.trim(),
    count,
    disks: [],
    usual,
    ...(vcpuCount === vm.vcpuCount ? {} : { vcpuCount }),
    ...(memoryBytes === vm.maxMemoryBytes ? {} : { memoryBytes }),
    startsNow,
  })
  const input: CloneInput | undefined =
    parsed.success && vcpuCount !== undefined && memoryBytes !== undefined ? parsed.data : undefined
  const isWrong = (field: string): boolean =>
    !parsed.success && parsed.error.issues.some(({ path }) => path[0] === field)
  const { plan, error, isCurrent, reload } = useClonePlan(input, vm.state)
  const problems: readonly PlanProblem[] = input ? (plan?.problems ?? []) : []
  const canMake = input !== undefined && isCurrent && !problems.some(({ level }) => level === 'error')
  const host = status?.kind === 'connected' ? status.info : { cpuCount: 0, memoryBytes: 0 }
  const submit = async (): Promise<void> => {
    if (!canMake || isBusy) return
    setBusy(true)
    setRefused(undefined)
    try {
      await api.vms.clone(input)
      closeDialog()
    } catch (reason) {
      setRefused(errorData(reason))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title="New VM from a template"
      icon={TemplateIcon}
      width={760}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button className="push" onPress={() => openDialog({ kind: 'newVm', host: vm.host })}>
            Other sources
          </Button>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isDisabled={!canMake} keepsFocus isBusy={isBusy}>
            {count === 1 ? 'Create' : `Create ${count ?? ''} VMs`}
          </Button>
        </>
      }
    >
      <div className="clone-top">
        <Select
          label="Template"
          value={vm.id}
          options={templates.map((one) => ({ id: one.id, label: one.name }))}
          onChange={onTemplate}
        />
        <NumberField
          label="How many"
          value={count}
          onChange={setCount}
          min={1}
          max={50}
          error={isWrong('count') ? 'Enter 1 to 50' : undefined}
        />
        <TextField
          label={count === 1 ? 'Name' : 'Name of the first'}
          value={name}
          onChange={setName}
          autoFocus
          error={checkedName.success ? undefined : checkedName.error.issues[0]?.message}
        />
      </div>
      <Segmented
        label="Disks"
        value={usual}
        segments={[
          { id: 'linked', label: 'Linked' },
          { id: 'copy', label: 'Full copy' },
        ]}
        onChange={setUsual}
      />
      <p className="secondary">
        {usual === 'linked'
          ? 'Made at once, and only what differs is stored. The template must stay as long as the VM does. What cannot be linked is copied.'
          : 'Takes the time and the space of all data, and stands alone.'}
      </p>
      <SizePresets
        host={host}
        size={{ vcpuCount, memoryBytes, storageBytes: undefined }}
        hasDisk={false}
        kept={kept}
        isFirst={vcpuCount === vm.vcpuCount && memoryBytes === vm.maxMemoryBytes}
        first={
          <Button
            className="size-preset"
            aria-pressed={vcpuCount === vm.vcpuCount && memoryBytes === vm.maxMemoryBytes}
            onPress={() => {
              setVcpus(vm.vcpuCount)
              setMemory(vm.maxMemoryBytes)
            }}
          >
            As the template
            <span className="size-preset-text">
              {`${vm.vcpuCount} vCPU${vm.vcpuCount === 1 ? '' : 's'}, ${formatBytes(vm.maxMemoryBytes)}`}
            </span>
          </Button>
        }
        onChoose={(size) => {
          setVcpus(size.vcpuCount)
          setMemory(size.memoryBytes)
        }}
      />
      <div className="clone-size">
        <NumberField
          label="Virtual CPUs"
          value={vcpuCount}
          onChange={setVcpus}
          min={1}
          error={
            typeof vcpuCount === 'number' && !isWrong('vcpuCount')
              ? undefined
              : 'Enter a whole number, at least 1'
          }
        />
        <SizeField
          label="Memory"
          value={memoryBytes}
          onChange={setMemory}
          error={
            typeof memoryBytes === 'number' && !isWrong('memoryBytes')
              ? undefined
              : 'Enter a size, such as 2 GiB'
          }
        />
      </div>
      <Switch isSelected={startsNow} onChange={setStartsNow}>
        Start at once
      </Switch>
      {plan ? <Disks plan={plan} /> : null}
      {error ? (
        <ErrorBox
          error={error}
          title="What it would be could not be worked out"
          actions={<Button onPress={reload}>Ask again</Button>}
        />
      ) : null}
      <div className="clone-problems">
        {problems.map(({ level, message, cure }) => (
          <Note key={message} tone={level} title={message}>
            {cure}
          </Note>
        ))}
      </div>
      {plan ? <CloneResult plan={plan} /> : null}
      {refused ? <ErrorBox error={refused} title="Nothing was created" /> : null}
    </Dialog>
  )
}
