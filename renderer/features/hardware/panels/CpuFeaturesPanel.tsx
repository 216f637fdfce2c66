import { useCallback, useMemo, useRef, useState } from 'react'
import { plain, type Choice, type Field } from '../../../../shared/model/hardware/field'
import { Button, IconButton } from '../../../ui/Button'
import { classNames } from '../../../ui/class-names'
import { PlusIcon } from '../../../ui/icons/general'
import { UndoIcon } from '../../../ui/icons/hardware'
import { SearchField } from '../../../ui/SearchField'
import { FieldNotes } from '../../../form/FieldNotes'
import { useHardwareScope } from '../hardware-scope'
import { featureLines, featureRows, isFeatureName, withPolicy } from './cpu-features'
import { FeatureRow } from './FeatureRow'
import './cpu-features.css'

/** Features that are set and those the host tells of, found by name; any other is added by its name. */
export function CpuFeaturesPanel() {
  const { kind, values, set, context, disabledReason, isChanged, undo, problemAt } = useHardwareScope()
  const [search, setSearch] = useState('')
  const word = search.trim().toLowerCase()
  const lines = useMemo(
    () => featureLines(values, context.capabilities),
    // only these of the values count, and a line that is the same need not be drawn again
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [values['features'], values['model'], context.capabilities],
  )
  const shown = useSteadyOrder(
    word === '' ? lines : lines.filter(({ name }) => name.toLowerCase().includes(word)),
    // what the host tells comes a moment later, and is sorted in then
    context.capabilities ? `${word} ${plain(values['model'])}.` : '',
  )
  const field = kind.fields['features']
  const policies = useMemo(() => policiesOf(field), [field])
  const isDisabled = disabledReason !== undefined
  const latest = useRef(values)
  latest.current = values
  const change = useRef(set)
  change.current = set
  const onChange = useCallback(
    (name: string, policy: string | undefined) => change.current(withPolicy(latest.current, name, policy)),
    [],
  )
  const count = featureRows(values).length
  const canAdd =
    word !== '' && isFeatureName(search.trim()) && !lines.some(({ name }) => name === search.trim())
  const error = problemAt('features')
  return (
    <div
      className={classNames('hw-field', 'hw-field-wide', isChanged('features') && 'hw-field-changed')}
      data-field="features"
    >
      <div className="field features" role="group" aria-label="CPU features">
        {field?.help === undefined ? null : <span className="field-hint">{field.help}</span>}
        <div className="features-top">
          <SearchField
            label="Find a CPU feature"
            placeholder={lines.length > 0 ? `Find one of ${lines.length}, or type a name` : 'Type a name'}
            value={search}
            onChange={setSearch}
          />
          <span className="secondary">
            {count === 0 ? 'All as the model has them' : `${count} set, the others as the model has them`}
          </span>
        </div>
        {shown.length > 0 || canAdd ? (
          <ul className="features-list" aria-label="Features">
            {canAdd ? (
              <li className="feature-row">
                <Button
                  icon={PlusIcon}
                  className="button-small"
                  isDisabled={isDisabled}
                  onPress={() => onChange(search.trim(), 'require')}
                >
                  {`Add “${search.trim()}”`}
                </Button>
              </li>
            ) : null}
            {shown.map((line) => (
              <FeatureRow
                key={line.name}
                line={line}
                policies={policies}
                isDisabled={isDisabled}
                onChange={onChange}
              />
            ))}
          </ul>
        ) : (
          <p className="secondary">
            {word === ''
              ? 'The host does not tell which features it has. Type the name of one to set it.'
              : 'No feature has such a name, and this can be no name of one.'}
          </p>
        )}
        {error === undefined ? null : (
          <span className="field-error" role="alert">
            {error}
          </span>
        )}
      </div>
      {isChanged('features') && undo ? (
        <IconButton
          icon={UndoIcon}
          label="Undo: CPU features"
          className="button-small hw-undo"
          onPress={() => undo('features')}
        />
      ) : null}
      <FieldNotes id="features" />
    </div>
  )
}

/** A line does not jump away from under the pointer when it is set; all is sorted anew when `reason` changes. */
function useSteadyOrder<Line extends { readonly name: string }>(
  lines: readonly Line[],
  reason: string,
): readonly Line[] {
  const [kept, setKept] = useState<{ reason: string; names: readonly string[] }>({ reason, names: [] })
  const place = new Map(kept.reason === reason ? kept.names.map((name, at) => [name, at]) : [])
  // what is new stands first, where it is seen
  const sorted = lines.toSorted((a, b) => (place.get(a.name) ?? -1) - (place.get(b.name) ?? -1))
  const names = sorted.map(({ name }) => name)
  if (kept.reason !== reason || kept.names.join() !== names.join()) setKept({ reason, names })
  return sorted
}

function policiesOf(field: Field | undefined): readonly Choice[] {
  if (field?.type.kind !== 'rows') return []
  const type = field.type.columns['policy']?.type
  return type?.kind === 'choice' ? type.choices : []
}
