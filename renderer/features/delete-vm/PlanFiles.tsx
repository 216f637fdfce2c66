import type { DeletePlan, DeletePlanFile } from '../../../shared/model/delete-plan'
import { formatBytes } from '../../../shared/units'
import { Checkbox } from '../../ui/Checkbox'
import { WarningIcon } from '../../ui/icons/general'
import { canDeleteFile } from './delete-choice'

interface Props {
  readonly plan: DeletePlan
  readonly ticked: ReadonlySet<string>
  readonly onChange: (ticked: ReadonlySet<string>) => void
}

/** Every file the VM uses, and whether it goes. */
export function PlanFiles({ plan, ticked, onChange }: Props) {
  if (plan.files.length === 0) return <p className="secondary">It has no storage of its own.</p>
  return (
    <fieldset className="plan-files">
      <legend className="field-label">Also delete this storage</legend>
      {plan.files.map((file) => (
        <div key={file.path} className="plan-file">
          <Checkbox
            isSelected={canDeleteFile(file) && ticked.has(file.path)}
            isDisabled={!canDeleteFile(file)}
            onChange={(isTicked) => {
              const next = new Set(ticked)
              if (isTicked) next.add(file.path)
              else next.delete(file.path)
              onChange(next)
            }}
          >
            <span className="plan-path mono">{file.path}</span>
            <span className="plan-meta">{describe(file)}</span>
            {file.keep === undefined ? null : <span className="plan-meta">{`Stays: ${file.keep}`}</span>}
          </Checkbox>
          {file.usedBy.length === 0 ? null : (
            <p className="plan-warning">
              <WarningIcon size={14} />
              {`Stays: also used by ${file.usedBy.join(', ')}`}
            </p>
          )}
        </div>
      ))}
    </fieldset>
  )
}

function describe(file: DeletePlanFile): string {
  const size = file.sizeBytes === undefined ? undefined : formatBytes(file.sizeBytes)
  const used =
    file.allocationBytes === undefined || file.allocationBytes === file.sizeBytes
      ? undefined
      : `${formatBytes(file.allocationBytes)} used`
  return [file.target, file.format, size, used].filter(Boolean).join(' · ')
}
