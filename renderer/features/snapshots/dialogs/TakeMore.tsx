import type { VmRef } from '../../../../shared/model/ids'
import type { SnapshotDiskChoice, SnapshotView } from '../../../../shared/model/snapshots/snapshot'
import { HostPathField } from '../../../form/host-files/HostPathField'
import { Checkbox } from '../../../ui/Checkbox'
import { Select } from '../../../ui/Select'
import { whyRefused } from '../words'
import { kindOf, type completed, type DiskKind, type TakeForm } from './take-form'

interface Props {
  readonly target: VmRef
  readonly view: SnapshotView
  readonly form: TakeForm
  readonly wish: ReturnType<typeof completed>
  readonly onChange: (part: Partial<TakeForm>) => void
}

/** What becomes of each disk, and where new files go. */
export function TakeMore({ target, view, form, wish, onChange }: Props) {
  const changeDisk = (disk: string, part: { kind?: DiskKind; file?: string }): void =>
    onChange({ disks: { ...form.disks, [disk]: { ...form.disks[disk], ...part } } })
  return (
    <div className="snap-more">
      {view.disks.map((disk) => {
        const kind = kindOf(form, disk, wish.kind)
        return (
          <div key={disk.target} className="snap-more-disk" role="group" aria-label={`Disk ${disk.target}`}>
            <Select<DiskKind>
              label={`Disk ${disk.target}`}
              value={kind}
              options={optionsOf(disk, wish.kind)}
              onChange={(next) => changeDisk(disk.target, { kind: next })}
              hint={disk.path ?? 'No disc in it'}
            />
            {kind === 'external' ? (
              <HostPathField
                host={target.host}
                label="New file"
                value={form.disks[disk.target]?.file ?? ''}
                onChange={(file) => changeDisk(disk.target, { file })}
                isNew={!wish.reuse}
                hint="Empty: beside the image, named after the snapshot."
              />
            ) : null}
          </div>
        )
      })}
      {wish.withMemory ? (
        <HostPathField
          host={target.host}
          label="File for the memory"
          value={form.memoryFile}
          onChange={(memoryFile) => onChange({ memoryFile })}
          isNew
          hint="Empty: beside the first disk. It needs as much room as the guest has memory."
        />
      ) : null}
      {wish.kind === 'external' ? (
        <Checkbox isSelected={wish.reuse} onChange={(reuse) => onChange({ reuse })}>
          The new files are there already, made with the right base
        </Checkbox>
      ) : null}
    </div>
  )
}

function optionsOf(disk: SnapshotDiskChoice, kind: 'internal' | 'external') {
  const own =
    kind === 'internal'
      ? { label: 'Keep inside the image', verdict: disk.internal }
      : { label: 'Keep; a new file from now on', verdict: disk.external }
  return [
    { id: kind, label: own.label, disabledReason: whyRefused(own.verdict) },
    { id: 'none' as const, label: 'Leave out', hint: 'It stays as it is when one goes back' },
  ]
}
