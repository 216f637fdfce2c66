import type { Values } from '../../shared/model/hardware/field'
import { formatOfVolume } from '../../shared/model/hardware/kinds/disk-volume'
import type { VolumeList } from '../../shared/model/host-choices'
import type { ErrorData } from '../../shared/errors'
import { ComboField, type ComboOption } from '../ui/ComboField'
import { useHostCapabilities, useHostChoices, useNodeDevices, useVolumes } from './host-data'
import { useVm } from '../stores/vms'
import { identityFields } from '../../shared/model/hardware/host-device-rows'
import { vmKey } from '../../shared/model/ids'
import { NewSecretButton } from './NewSecretButton'
import { ProblemNote } from './ProblemNote'
import { textOf, type ControlProps } from './control-props'
import {
  choiceOffers,
  deviceOffers,
  guestOffers,
  machineOffers,
  poolOf,
  sourceOf,
  whyNotDevice,
  volumeOffers,
} from './offers'
import { useScope } from './scope'

/** Something of the host by its name: what there is is offered, anything may be typed. */
export function HostChoiceControl(props: ControlProps<'host-choice'>) {
  const { field, label, value, onChange, error, hint, isDisabled } = props
  const { offers, failure, isLoading, followingOf, whyNotOf } = useOffers(props)
  const whyNot = typeof value === 'string' ? whyNotOf?.(value) : undefined
  const chosen = offers.find(({ id }) => id === value)
  const about = chosen?.hint ?? (chosen?.label === chosen?.id ? undefined : chosen?.label)
  return (
    <>
      <ComboField
        label={label}
        value={textOf(value)}
        onChange={(text) => onChange(text === '' ? undefined : text, followingOf?.(text))}
        options={offers}
        placeholder={isLoading ? 'Asking the host…' : field.absent}
        hint={failure ? `The host did not tell what it has: ${failure.message}` : (hint ?? about)}
        error={error}
        isDisabled={isDisabled}
      />
      {field.type.of === 'secret' ? <NewSecretButton isDisabled={isDisabled} onChange={onChange} /> : null}
      {whyNot === undefined ? null : <ProblemNote problem={{ severity: 'warning', message: whyNot }} />}
    </>
  )
}

interface Offers {
  readonly offers: readonly ComboOption[]
  readonly failure?: ErrorData
  /** Why the VM cannot or should not have it. */
  readonly whyNotOf?: (chosen: string) => string | undefined
  /** What follows in other fields from a choice. */
  readonly followingOf?: (chosen: string) => Values
  readonly isLoading: boolean
}

function useOffers({ field, values, isDisabled }: ControlProps<'host-choice'>): Offers {
  const { target, context, kind, values: formValues } = useScope()
  const { host, vm } = target
  const { of } = field.type
  const source = sourceOf(of)
  const isWanted = !isDisabled
  const vmName = useVm(vm === undefined ? undefined : vmKey({ host, vm }))?.name
  const choices = useHostChoices(host, isWanted && (source === 'choices' || source === 'volumes'))
  const all = { ...formValues, ...values }
  const pool = source === 'volumes' && isWanted ? poolOf(choices.value, all) : undefined
  const volumes = useVolumes(host, pool)
  const devices = useNodeDevices(host, isWanted && source === 'devices')
  const capabilities = useHostCapabilities(host, isWanted && source === 'capabilities')
  const answer = { choices, volumes, devices, capabilities, guest: undefined, none: undefined }[source]
  const state = {
    isLoading: answer?.isLoading ?? false,
    ...(answer?.error ? { failure: answer.error } : {}),
  }
  switch (source) {
    case 'choices':
      return { ...state, offers: choices.value ? choiceOffers(of, choices.value, all) : [] }
    case 'volumes':
      return {
        ...state,
        offers: volumes.value ? volumeOffers(volumes.value) : [],
        ...(kind.id === 'disk' ? { followingOf: (name: string) => formatFor(name, volumes.value) } : {}),
      }
    case 'devices':
      return {
        ...state,
        offers: devices.value ? deviceOffers(of, devices.value) : [],
        // where there is a table, it says so
        ...(identityFields(kind.id, formValues).length > 0
          ? {}
          : { whyNotOf: (chosen: string) => whyNotDevice(of, chosen, devices.value ?? [], vmName) }),
      }
    case 'capabilities':
      return {
        ...state,
        offers: capabilities.value && context ? machineOffers(capabilities.value, context) : [],
      }
    case 'guest':
      return { ...state, offers: context ? guestOffers(of, context) : [] }
    case 'none':
      return { ...state, offers: [] }
  }
}

/** A disk that has a volume of a pool is read in the format the pool tells. */
function formatFor(name: string, list: VolumeList | undefined): Values {
  const volume = list?.volumes.find((one) => one.name === name)
  const format = volume && formatOfVolume(volume)
  return format === undefined ? {} : { format }
}
