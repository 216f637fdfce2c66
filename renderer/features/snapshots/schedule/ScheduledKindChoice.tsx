import type { ScheduledKind } from '../../../../shared/model/snapshots/schedule'
import type { SnapshotView } from '../../../../shared/model/snapshots/snapshot'
import { isActive, type Vm } from '../../../../shared/model/vm'
import { Checkbox } from '../../../ui/Checkbox'
import { Choices } from '../../../ui/Choices'
import { whyRefused } from '../words'
import type { ScheduleForm } from './schedule-form'

interface Props {
  readonly form: ScheduleForm
  readonly vm: Vm
  readonly offers: SnapshotView['offers']
  readonly onChange: (part: Partial<ScheduleForm>) => void
}

/** What is kept each time, and where. That a VM is off now says nothing of the times to come. */
export function ScheduledKindChoice({ form, vm, offers, onChange }: Props) {
  const external = whyRefused(offers.external)
  return (
    <>
      <Choices<ScheduledKind>
        label="What is kept"
        value={form.kind}
        onChange={(kind) => onChange({ kind })}
        choices={[
          {
            id: 'internal',
            label: 'Inside the disk images',
            note: 'With the memory of a running VM, which stands still meanwhile. The images grow.',
            disabledReason: whyRefused(offers.internal),
          },
          {
            id: 'disks',
            label: 'The disks, in files of their own',
            note: 'Quick, and the VM goes on. Each one is a file more that its disks are read through.',
            disabledReason: external,
          },
          {
            id: 'memory',
            label: 'Disks and memory, in files of their own',
            note: 'As above, with a file as large as the memory in use each time.',
            disabledReason: external ?? (isActive(vm.state) ? whyRefused(offers.memory) : undefined),
          },
        ]}
      />
      {form.kind === 'disks' ? (
        <Checkbox isSelected={form.quiesce} onChange={(quiesce) => onChange({ quiesce })}>
          Let the guest agent settle the file systems first, whenever it answers
        </Checkbox>
      ) : null}
    </>
  )
}
