import { vmKey, type VmRef } from '../../../shared/model/ids'
import { figureNames, thresholdFigures } from '../../../shared/model/thresholds'
import { IconButton } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { TrashIcon } from '../../ui/icons/general'
import { NumberField } from '../../ui/NumberField'
import { Select } from '../../ui/Select'
import { errorsOf, type Draft } from './draft'

interface Props {
  readonly draft: Draft
  /** Whose page the dialog was opened from. */
  readonly target: VmRef | undefined
  readonly nameOf: (vm: VmRef) => string
  readonly onChange: (draft: Draft) => void
  readonly onRemove: () => void
}

export function ThresholdRow({ draft, target, nameOf, onChange, onRemove }: Props) {
  const errors = errorsOf(draft)
  const { label, unit, max } = thresholdFigures[draft.figure]
  const own = [draft.vm, target].flatMap((vm) => vm ?? [])
  const vms = [...new Map(own.map((vm) => [vmKey(vm), vm])).entries()]
  return (
    <li className="threshold" aria-label={`Limit of ${label}`}>
      <Select
        label="Limit of"
        value={draft.figure}
        options={figureNames.map((id) => ({ id, label: thresholdFigures[id].label }))}
        onChange={(figure) => onChange({ ...draft, figure, above: thresholdFigures[figure].usual })}
      />
      <NumberField
        label="Above"
        unit={unit}
        min={1}
        max={max}
        value={draft.above}
        error={errors.above}
        onChange={(above) => onChange({ ...draft, above })}
      />
      <NumberField
        label="For"
        unit="s"
        min={0}
        max={3600}
        value={draft.forSeconds}
        error={errors.forSeconds}
        onChange={(forSeconds) => onChange({ ...draft, forSeconds })}
      />
      <Select
        label="Of"
        value={draft.vm === undefined ? '' : vmKey(draft.vm)}
        options={[{ id: '', label: 'All VMs' }, ...vms.map(([key, vm]) => ({ id: key, label: nameOf(vm) }))]}
        onChange={(id) => onChange({ ...draft, vm: vms.find(([key]) => key === id)?.[1] })}
      />
      <Checkbox isSelected={draft.notifies} onChange={(notifies) => onChange({ ...draft, notifies })}>
        Notify
      </Checkbox>
      <IconButton icon={TrashIcon} label={`Remove the limit of ${label}`} onPress={onRemove} />
    </li>
  )
}
