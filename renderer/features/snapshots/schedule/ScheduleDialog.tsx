import { useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import type { HostInfo } from '../../../../shared/model/host'
import { vmKey, type VmRef } from '../../../../shared/model/ids'
import { nextDues } from '../../../../shared/model/snapshots/rhythm'
import { usualSchedule, type ScheduleView } from '../../../../shared/model/snapshots/schedule'
import type { SnapshotView } from '../../../../shared/model/snapshots/snapshot'
import type { Vm } from '../../../../shared/model/vm'
import { api } from '../../../api/client'
import { ErrorBox } from '../../../components/ErrorBox'
import { closeDialog } from '../../../stores/dialogs'
import { useHost } from '../../../stores/hosts'
import { useVm } from '../../../stores/vms'
import { Button } from '../../../ui/Button'
import { Checkbox } from '../../../ui/Checkbox'
import { Dialog } from '../../../ui/Dialog'
import { Disclosure } from '../../../ui/Disclosure'
import { TrashIcon } from '../../../ui/icons/general'
import { ClockIcon } from '../../../ui/icons/hardware'
import { Note } from '../../../ui/Note'
import { NumberField } from '../../../ui/NumberField'
import { Switch } from '../../../ui/Switch'
import { TextField } from '../../../ui/TextField'
import { useNowMs } from '../../hosts/use-now'
import { useSnapshots } from '../use-snapshots'
import { HostTimerSteps } from './HostTimerSteps'
import { RhythmFields } from './RhythmFields'
import { checked, formOf, warningsOf, type ScheduleForm } from './schedule-form'
import { ScheduledKindChoice } from './ScheduledKindChoice'
import { useSchedule } from './use-schedule'
import { dayTime, lastText } from './words'

export function ScheduleDialog({ target }: { target: VmRef }) {
  const vm = useVm(vmKey(target))
  const view = useSnapshots(target).value
  const known = useSchedule(target).value
  return vm && view && known !== undefined ? (
    <ScheduleFields target={target} vm={vm} view={view} known={known} />
  ) : null
}

interface Props {
  readonly target: VmRef
  readonly vm: Vm
  readonly view: SnapshotView
  readonly known: ScheduleView | null
}

function ScheduleFields({ target, vm, view, known }: Props) {
  const [form, setForm] = useState<ScheduleForm>(() => formOf(known?.schedule ?? usualSchedule(view.usual)))
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<ErrorData>()
  const nowMs = useNowMs(15_000)
  const host = useHost(target.host)
  const { schedule, problems } = checked(form)
  const change = (part: Partial<ScheduleForm>): void => setForm((before) => ({ ...before, ...part }))
  const end = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setRefused(undefined)
    try {
      await work()
      closeDialog()
    } catch (reason) {
      setRefused(errorData(reason))
      setBusy(false)
    }
  }
  const save = (): void => {
    if (schedule && !isBusy) void end(() => api.schedules.set({ ...target, schedule }))
  }
  return (
    <Dialog
      title={`Snapshots of ${vm.name} by schedule`}
      icon={ClockIcon}
      width={660}
      onClose={closeDialog}
      onSubmit={save}
      footer={
        <>
          {known ? (
            <Button
              className="push"
              icon={TrashIcon}
              isDisabled={isBusy}
              tooltip="The snapshots that it took stay"
              onPress={() => void end(() => api.schedules.remove(target))}
            >
              Remove the schedule
            </Button>
          ) : null}
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isDisabled={!schedule} keepsFocus isBusy={isBusy}>
            Save
          </Button>
        </>
      }
    >
      {known?.last ? <LastResult last={known.last} nowMs={nowMs} /> : null}
      <Switch isSelected={form.isOn} onChange={(isOn) => change({ isOn })}>
        {form.isOn ? 'On, while Innkeeper runs and the host is connected' : 'Off: nothing is taken'}
      </Switch>
      <RhythmFields form={form} problems={problems} onChange={change} />
      <p className="snap-next" role="status">
        {schedule
          ? `Next: ${nextDues(schedule.rhythm, nowMs, 3)
              .map((atMs) => dayTime(atMs, nowMs))
              .join(' · ')}`
          : 'When it is due next is told once the fields are in order.'}
      </p>
      <ScheduledKindChoice form={form} vm={vm} offers={view.offers} onChange={change} />
      <div className="snap-keep">
        <NumberField
          label="Keep the newest"
          value={form.keep}
          onChange={(keep) => change({ keep })}
          min={1}
          max={100}
          error={problems.keep}
        />
        <TextField
          label="Names begin with"
          value={form.prefix}
          onChange={(prefix) => change({ prefix })}
          error={problems.prefix}
          hint={`As in ${form.prefix}-2026-11-29-0300`}
        />
        <p className="snap-keep-about">
          Older ones are deleted, but only what this schedule took itself. To keep one of these for good,
          change its description.
        </p>
      </div>
      {warningsOf(form, view).map((warning) => (
        <Note key={warning} tone="warning">
          {warning}
        </Note>
      ))}
      <div className="snap-checks" role="group" aria-label="Which are taken">
        <Checkbox isSelected={form.makesUp} onChange={(makesUp) => change({ makesUp })}>
          Make up for missed ones
          <span className="snap-why">
            One is taken as soon as Innkeeper runs and the host is connected again.
          </span>
        </Checkbox>
        <Checkbox isSelected={form.whileOff} onChange={(whileOff) => change({ whileOff })}>
          Also while the VM is off
          <span className="snap-why">Nothing changes then: such snapshots are all alike.</span>
        </Checkbox>
      </div>
      {schedule && host?.lastInfo ? (
        <Disclosure summary="For when Innkeeper does not run: a timer of the host">
          <HostTimerSteps vm={vm} schedule={schedule} info={toldInfo(host.lastInfo, host.isDemo)} />
        </Disclosure>
      ) : null}
      {refused ? <ErrorBox error={refused} title="The schedule was left as it is" /> : null}
    </Dialog>
  )
}

/** What a real host in the place of the demo host would be. */
function toldInfo(info: HostInfo, isDemo: boolean): HostInfo {
  return isDemo ? { ...info, connectedUri: 'qemu:///system' } : info
}

function LastResult({ last, nowMs }: { last: NonNullable<ScheduleView['last']>; nowMs: number }) {
  const { text, isBad } = lastText(last, nowMs)
  if (!isBad) return <p className="secondary">{text}</p>
  return (
    <Note tone="warning" title={text}>
      {last.error?.cure}
    </Note>
  )
}
