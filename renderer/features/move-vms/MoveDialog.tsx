import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { vmKey, type HostId, type VmRef } from '../../../shared/model/ids'
import { copyTimeText } from '../../../shared/model/migration/copy-time'
import type { MovePlan } from '../../../shared/model/migration/move'
import type { MoveOptions, StorageWay } from '../../../shared/model/migration/options'
import { isActive, vmName, type Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { useAsked } from '../../api/use-asked'
import { CommandBlock } from '../../components/CommandBlock'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { useHost, useHosts } from '../../stores/hosts'
import { useVms, vmsAt } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Dialog } from '../../ui/Dialog'
import { Disclosure } from '../../ui/Disclosure'
import { HostIcon } from '../../ui/icons/objects'
import { Note } from '../../ui/Note'
import { NumberField } from '../../ui/NumberField'
import { Select } from '../../ui/Select'
import { Spinner } from '../../ui/Spinner'
import { TextField } from '../../ui/TextField'
import { MorePart } from './MorePart'
import { ManyChecks } from './ManyChecks'
import { MoveChecks } from './MoveChecks'
import { SharedStorageHelp } from './SharedStorageHelp'
import { destinations, emptyForm, isPlain, optionsOf, type MoveForm } from './move-form'
import { PlacesPart } from './PlacesPart'
import './move-vms.css'

interface Props {
  /** Of one host. */
  readonly refs: readonly VmRef[]
  /** Chosen already, by dropping a VM there. */
  readonly to?: HostId | undefined
}

const storageWays: readonly { readonly id: StorageWay; readonly label: string; readonly hint: string }[] = [
  { id: 'shared', label: 'Both hosts see the same', hint: 'NFS, Gluster, iSCSI and the like' },
  { id: 'full', label: 'Copy them', hint: 'What the guest can write to is copied along' },
  { id: 'topLayer', label: 'Copy the top layer only', hint: 'The images it is built on are there already' },
]

export function MoveDialog({ refs, to }: Props) {
  const byKey = useVms((state) => state.byKey)
  const vms = vmsAt(byKey, refs.map(vmKey))
  return vms.length === 0 ? null : <Form key={refs.map(vmKey).join()} vms={vms} to={to} />
}

function Form({ vms, to: begin }: { readonly vms: readonly Vm[]; readonly to: HostId | undefined }) {
  const [vm] = vms
  const from = useHost(vm?.host)
  const byId = useHosts((state) => state.byId)
  const order = useHosts((state) => state.order)
  const choices = destinations(
    order.flatMap((id) => byId[id] ?? []),
    from,
  )
  const possible = choices.filter(({ whyNot }) => whyNot === undefined)
  const [form, setForm] = useState<MoveForm>(() =>
    emptyForm(possible.find(({ host }) => host.id === begin)?.host.id ?? possible[0]?.host.id),
  )
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<ErrorData>()
  const change = (more: Partial<MoveForm>): void => setForm((before) => ({ ...before, ...more }))
  const option = (more: Partial<MoveOptions>): void =>
    setForm((before) => ({ ...before, options: { ...before.options, ...more } }))
  const options = optionsOf(form)
  const isOne = vms.length === 1
  const input =
    isOne && vm && form.to !== undefined && options
      ? { host: vm.host, vm: vm.id, to: form.to, options }
      : undefined
  const {
    value: plan,
    error,
    isCurrent,
    again,
  } = useAsked(input && { ...input, state: vm?.state }, ({ state: _, ...one }) => api.migration.plan(one))
  const isStopped = plan?.checks.some(({ state }) => state === 'error') === true
  const atOnce =
    typeof form.atOnce === 'number' && form.atOnce >= 1 && form.atOnce <= 8 ? form.atOnce : undefined
  const canMove = isOne
    ? input !== undefined && isCurrent && plan !== undefined && !isStopped && error === undefined
    : form.to !== undefined && options !== undefined && atOnce !== undefined
  const label = isOne ? (vm?.name ?? '') : `${vms.length} virtual machines`

  const submit = async (): Promise<void> => {
    if (!canMove || isBusy || !vm || form.to === undefined || !options) return
    setBusy(true)
    setRefused(undefined)
    try {
      if (input) await api.migration.start(input)
      else {
        const ids = vms.map(({ id }) => id)
        await api.migration.startMany({ host: vm.host, vms: ids, to: form.to, options, atOnce: atOnce ?? 1 })
      }
      closeDialog()
    } catch (reason) {
      setRefused(errorData(reason))
      setBusy(false)
    }
  }
  const newName = form.options.newName ?? ''
  const nameCheck = newName === '' ? undefined : vmName.safeParse(newName)

  return (
    <Dialog
      title={`Move ${label} to another host`}
      icon={HostIcon}
      width={760}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          {input && !isCurrent ? (
            <span className="move-wait secondary" role="status">
              <Spinner size={14} /> Asking both hosts…
            </span>
          ) : null}
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isDisabled={!canMove} keepsFocus isBusy={isBusy}>
            Move
          </Button>
        </>
      }
    >
      {possible.length === 0 ? (
        <Note tone="warning" title="There is no host to move to">
          Connect another host with the same hypervisor, then try again.
        </Note>
      ) : null}
      <div className="move-top">
        <Select
          label="Destination"
          value={form.to ?? ''}
          options={choices.map(({ host, whyNot }) => ({
            id: host.id as string,
            label: host.label,
            ...(whyNot === undefined ? {} : { disabledReason: whyNot }),
          }))}
          onChange={(id) => {
            const chosen = choices.find(({ host }) => host.id === id)?.host.id
            // what was mapped was mapped for another host
            setForm((before) => ({
              ...before,
              to: chosen,
              options: { ...before.options, networks: undefined, pools: undefined },
            }))
          }}
        />
        <Select
          label="Disks"
          value={form.options.storage}
          options={storageWays}
          onChange={(storage) => option({ storage })}
          hint={storageWays.find(({ id }) => id === form.options.storage)?.hint}
        />
        {isOne ? (
          <TextField
            label="Name there"
            value={newName}
            placeholder={vm?.name ?? ''}
            error={nameCheck?.success === false ? nameCheck.error.issues[0]?.message : undefined}
            onChange={(name) => option({ newName: name.trim() === '' ? undefined : name })}
          />
        ) : (
          <NumberField
            label="At the same time"
            value={form.atOnce}
            min={1}
            max={8}
            error={atOnce === undefined ? 'Enter 1 to 8' : undefined}
            onChange={(value) => change({ atOnce: value })}
          />
        )}
      </div>
      {isOne ? null : (
        <p className="secondary">
          Each is checked when its turn comes; what something stands against stays where it is, and its task
          says why.
        </p>
      )}
      {plan ? <PlacesPart plan={plan} options={form.options} onOption={option} /> : null}
      <Flags vms={vms} options={form.options} onOption={option} />
      <MorePart
        form={form}
        isPlain={from !== undefined && isPlain(from)}
        onChange={change}
        onOption={option}
      />
      {error ? (
        <ErrorBox
          error={error}
          title="What the move comes to could not be worked out"
          actions={<Button onPress={again}>Ask again</Button>}
        />
      ) : null}
      {plan && !error ? <Planned plan={plan} bandwidth={options?.bandwidthBytesPerSecond} /> : null}
      {!isOne && form.to !== undefined && options ? (
        <ManyChecks vms={vms} to={form.to} options={options} />
      ) : null}
      {refused ? <ErrorBox error={refused} title="Nothing was moved" /> : null}
    </Dialog>
  )
}

function Flags({
  vms,
  options,
  onOption,
}: {
  readonly vms: readonly Vm[]
  readonly options: MoveOptions
  readonly onOption: (change: Partial<MoveOptions>) => void
}) {
  const isSomeActive = vms.some(({ state }) => isActive(state))
  return (
    <div className="move-flags move-flags-short">
      {isSomeActive ? (
        <>
          <Checkbox isSelected={options.isLive} onChange={(isLive) => onOption({ isLive })}>
            Go on running while its memory is copied
          </Checkbox>
          <Checkbox
            isSelected={options.staysPaused === true}
            onChange={(staysPaused) => onOption({ staysPaused })}
          >
            Leave it paused at the destination
          </Checkbox>
          <Checkbox isSelected={options.isPermanent} onChange={(isPermanent) => onOption({ isPermanent })}>
            For good: its definition is stored at the destination
          </Checkbox>
        </>
      ) : null}
      <Checkbox isSelected={options.removesSource} onChange={(removesSource) => onOption({ removesSource })}>
        Remove its definition from the source
      </Checkbox>
    </div>
  )
}

function Planned({ plan, bandwidth }: { readonly plan: MovePlan; readonly bandwidth: number | undefined }) {
  const time = copyTimeText(plan, bandwidth)
  return (
    <>
      <MoveChecks checks={plan.checks} />
      {plan.checks.some(({ field, state }) => field === 'storage' && state !== 'ok') ? (
        <SharedStorageHelp />
      ) : null}
      {plan.commonCpu === undefined ? null : (
        <div>
          <p>The CPU that both hosts have:</p>
          <CommandBlock text={plan.commonCpu} what="CPU" />
        </div>
      )}
      {plan.stays.map((sentence) => (
        <Note key={sentence} tone="info">
          {sentence}
        </Note>
      ))}
      <p className="secondary">
        {time === undefined
          ? 'The VM is off: its definition moves, and copied disks go through this computer.'
          : `${time} Until the last moment the move can be cancelled, and the VM stays where it is.`}
      </p>
      {plan.command === undefined ? null : (
        <Disclosure summary="The same on the command line">
          <CommandBlock text={plan.command} />
        </Disclosure>
      )}
    </>
  )
}
