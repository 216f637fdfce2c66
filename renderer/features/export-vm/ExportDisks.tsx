import type { PlannedExportDisk } from '../../../shared/model/export'
import { formatBytes } from '../../../shared/units'
import { Checkbox } from '../../ui/Checkbox'

interface Props {
  readonly disks: readonly PlannedExportDisk[]
  readonly onChange: (target: string, isIncluded: boolean) => void
}

/** Each disk: whether it comes along, from where, and as what. */
export function ExportDisks({ disks, onChange }: Props) {
  if (disks.length === 0) return <p className="secondary">It has no disks.</p>
  return (
    <ul className="export-disks" aria-label="Disks">
      {disks.map((disk) => {
        const { target, device, isIncluded, whyNot, from } = disk
        return (
          <li key={target} className="export-disk">
            <Checkbox
              isSelected={isIncluded}
              isDisabled={whyNot !== undefined}
              onChange={(next) => onChange(target, next)}
            >
              {device === 'disk' ? target : `${target}, ${device}`}
            </Checkbox>
            <div className="export-disk-text">
              <span className="mono selectable export-path">{from ?? 'No medium'}</span>
              <span className="export-facts">{factsOf(disk)}</span>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

function factsOf({
  whyNot,
  from,
  isIncluded,
  isConverted,
  sizeBytes,
  neededBytes,
  file,
  layerCount,
}: PlannedExportDisk): string {
  // the same is said above it
  if (whyNot !== undefined) return from === undefined ? '' : whyNot
  const parts = [
    sizeBytes === undefined ? undefined : formatBytes(sizeBytes),
    ...(isIncluded
      ? [
          file === undefined ? undefined : `becomes ${file}`,
          neededBytes === undefined ? undefined : `takes about ${formatBytes(neededBytes)}`,
          isConverted
            ? layerCount > 0
              ? 'made into one image first'
              : 'converted on the host first'
            : 'sent as it is',
        ]
      : ['left out']),
  ]
  return parts.filter((part) => part !== undefined).join(' · ')
}
