import type { HostInfo } from '../../../shared/model/host'
import type { HostId } from '../../../shared/model/ids'
import { guestOf, type Offer } from '../../../shared/model/new-vm/suggest'
import type { Wishes } from '../../../shared/model/new-vm/wishes'
import type { DetectedMedium } from '../../../shared/model/os/medium'
import type { ErrorData } from '../../../shared/errors'
import { api } from '../../api/client'
import { useGuestCapabilities, useHostCapabilities, useHostChoices, type Answer } from '../../form/host-data'
import { useAnswer } from '../../api/use-answer'
import { useHost } from '../../stores/hosts'
import { useVms } from '../../stores/vms'
import type { HostCapabilities } from '../../../shared/model/host-details'

export interface KnownOffer {
  readonly offer: Offer
  /** Null: the disc is none. Absent while it is not known. */
  readonly medium?: DetectedMedium | null
  /** Why the medium could not be looked at; nothing stops for it. */
  readonly mediumError?: ErrorData
  /** The system was told by the disc, not by the user. */
  readonly isOsDetected: boolean
  readonly capabilities: Answer<HostCapabilities>
}

/** Before a host has said what it is. */
const unknownHost: Pick<HostInfo, 'architecture' | 'cpuCount' | 'memoryBytes'> = {
  architecture: '',
  cpuCount: 0,
  memoryBytes: 0,
}

/** All that suggestions go by, asked from the host as it is needed. */
export function useOffer(host: HostId, wishes: Wishes): KnownOffer {
  const record = useHost(host)
  const info = record?.status.kind === 'connected' ? record.status.info : (record?.lastInfo ?? unknownHost)
  const capabilities = useHostCapabilities(host)
  const choices = useHostChoices(host)
  const vmNames = useVmNames(host)
  const disc = (wishes.source ?? 'iso') === 'iso' ? wishes.disc : undefined
  const medium = useAnswer(disc === undefined ? undefined : `medium ${host} ${JSON.stringify(disc)}`, () =>
    api.media.detect({ host, place: disc ?? { kind: 'path', path: '/' } }),
  )
  const detected = wishes.osId === undefined && wishes.noOs !== true ? medium.value?.os?.id : undefined
  const osId = wishes.noOs === true ? undefined : (wishes.osId ?? detected)
  const os = useAnswer(osId === undefined ? undefined : `os ${osId}`, () =>
    api.os.get({ id: osId ?? '' }),
  ).value
  const { kind, virtType, machine = '' } = guestOf(wishes, { capabilities: capabilities.value, info, os })
  const guest = useGuestCapabilities(
    host,
    kind && { architecture: kind.architecture, osType: kind.osType, virtType, machine },
    kind !== undefined,
  )
  return {
    offer: {
      host,
      info,
      capabilities: capabilities.value,
      guest,
      choices: choices.value,
      usualPool: record?.usualPool,
      usualNetwork: record?.usualNetwork,
      vmNames,
      os,
      isEfiOnly: medium.value?.startsEfi === true && !medium.value.startsBios,
    },
    ...(medium.value === undefined ? {} : { medium: medium.value }),
    ...(medium.error === undefined ? {} : { mediumError: medium.error }),
    isOsDetected: detected !== undefined,
    capabilities,
  }
}

function useVmNames(host: HostId): readonly string[] {
  // one text changes only when a name does, and not with every state
  const names = useVms(({ byKey }) =>
    [...byKey.values()]
      .filter((vm) => vm.host === host)
      .map(({ name }) => name)
      .join('\n'),
  )
  return names === '' ? [] : names.split('\n')
}
