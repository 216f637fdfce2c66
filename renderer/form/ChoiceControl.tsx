import { offers, type HardwareContext } from '../../shared/model/hardware/kind'
import type { Choice, FieldType, Values } from '../../shared/model/hardware/field'
import { capital } from '../../shared/words'
import { ComboField } from '../ui/ComboField'
import { Select, type SelectOption } from '../ui/Select'
import { textOf, unsetWhenEmpty, type ControlProps } from './control-props'
import { useScope } from './scope'

type ChoiceType = Extract<FieldType, { kind: 'choice' }>

/** One of a list; what the host does not have is shown and says so. */
export function ChoiceControl(props: ControlProps<'choice'>) {
  const { field, label, onChange, values, error, hint, isDisabled } = props
  const { context } = useScope()
  const value = textOf(props.value)
  const fitting = field.type.choices.filter(
    (choice) => choice.value === value || (field.type.offeredWhen?.(choice.value, values) ?? true),
  )
  if (field.type.allowsOther) {
    const known = fitting.find((choice) => choice.value === value)
    return (
      <ComboField
        label={label}
        value={known?.label ?? value}
        // an offer is chosen by its words, and kept by what they stand for
        onChange={(text) =>
          unsetWhenEmpty(onChange)(fitting.find((choice) => choice.label === text)?.value ?? text)
        }
        options={fitting.map((choice) => ({
          id: choice.label,
          hint: whyNotOffered(field.type, choice, context) ?? choice.note,
        }))}
        placeholder={field.absent}
        hint={hint ?? (known?.note && capital(known.note))}
        error={error}
        isDisabled={isDisabled}
      />
    )
  }
  const chosen = field.type.choices.find((choice) => choice.value === value)
  const options = choiceOptions(field.type, fitting, value, context)
  return (
    <Select
      label={label}
      value={value}
      options={field.isRequired && value !== '' ? options : [unsetOption(field.absent, options), ...options]}
      onChange={unsetWhenEmpty(onChange)}
      hint={hint ?? (chosen?.note && capital(chosen.note))}
      error={error}
      isDisabled={isDisabled}
    />
  )
}

function choiceOptions(
  type: ChoiceType,
  choices: readonly Choice[],
  value: string,
  context: HardwareContext | undefined,
): SelectOption<string>[] {
  const known = choices.map((choice) => {
    const reason = choice.value === value ? undefined : whyNotOffered(type, choice, context)
    return {
      id: choice.value,
      label: choice.label,
      ...(choice.note === undefined ? {} : { hint: choice.note }),
      disabledReason: reason,
    }
  })
  const isOdd = value !== '' && !choices.some((choice) => choice.value === value)
  return isOdd ? [...known, { id: value, label: value, hint: 'Not one that Innkeeper knows' }] : known
}

/** What no value means, told apart from the choice of the same name. */
function unsetOption(
  absent: string | undefined,
  options: readonly SelectOption<string>[],
): SelectOption<string> {
  if (absent === undefined) return { id: '', label: 'Not set' }
  if (!options.some(({ label }) => label === absent)) return { id: '', label: absent }
  return { id: '', label: /default/i.test(absent) ? 'Not set' : `Default (${absent})` }
}

export function whyNotOffered(
  type: ChoiceType,
  choice: Choice,
  context: Pick<HardwareContext, 'capabilities'> | undefined,
): string | undefined {
  const [group, name] = (type.offeredBy ?? '').split('.')
  if (group === undefined || name === undefined) return undefined
  return offers(context?.capabilities, group, name, choice.value) === false
    ? 'Not offered by this host'
    : undefined
}

/** Whether anything is left to choose. */
export function hasChoice(type: ChoiceType, values: Values): boolean {
  return type.choices.some((choice) => type.offeredWhen?.(choice.value, values) ?? true)
}
