import type { HostInfo } from '../../../shared/model/host'
import type { HostId } from '../../../shared/model/ids'
import { treeUrl, type DetectedTree } from '../../../shared/model/new-vm/install-tree'
import { osOfImageName } from '../../../shared/model/new-vm/image-names'
import { guestOf, type Offer } from '../../../shared/model/new-vm/suggest'
import type { Wishes } from '../../../shared/model/new-vm/wishes'
import type { DetectedMedium } from '../../../shared/model/os/medium'
import type { ErrorData } from '../../../shared/errors'
import { api } from '../../api/client'
import {
  useGuestCapabilities,
  useHostCapabilities,
  useHostChoices,
  useReadAnew,
  type Answer,
} from '../../form/host-data'
import { useAnswer, type Answer as Looked } from '../../api/use-answer'
import { placeText } from './place-text'
import { useHost } from '../../stores/hosts'
import { useVms } from '../../stores/vms'
import type { HostCapabilities } from '../../../shared/model/host-details'

export interface KnownOffer {
  readonly offer: Offer
  /** Null: the disc is none. Absent while it is not known. */
  readonly medium?: DetectedMedium | null
  /** Why the medium could not be looked at; nothing stops for it. */
  readonly mediumError?: ErrorData
  /** What lies at the address to install from, and why that is not known. */
  readonly tree: Looked<DetectedTree>
  /** The system was told by the medium, not by the user. */
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
  useReadAnew(host)
  const vmNames = useVmNames(host)
  const disc = (wishes.source ?? 'iso') === 'iso' ? wishes.disc : undefined
  const medium = useAnswer(disc === undefined ? undefined : `medium ${host} ${JSON.stringify(disc)}`, () =>
    api.media.detect({ host, place: disc ?? { kind: 'path', path: '/' } }),
  )
  const address = treeUrlOf(wishes)
  const tree = useAnswer(address === undefined ? undefined : `tree ${address}`, () =>
    api.media.detectTree({ url: address ?? '' }),
  )
  const told = address === undefined ? medium.value?.os : tree.value?.os
  const guess = imageGuess(wishes)
  const detected = wishes.osId === undefined && wishes.noOs !== true ? (told?.id ?? guess) : undefined
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
    tree,
    // a name may lead to what the catalogue does not know
    isOsDetected: detected !== undefined && (guess === undefined || os !== undefined),
    capabilities,
  }
}

/** A short name of the catalogue, out of the name of a cloud image. */
function imageGuess({ source, cloud }: Wishes): string | undefined {
  return source === 'cloud' && cloud?.base ? osOfImageName(placeText(cloud.base)) : undefined
}

/** Absent while it is no address. */
function treeUrlOf({ source, tree }: Wishes): string | undefined {
  const parsed = treeUrl.safeParse(tree?.url?.trim())
  return source === 'tree' && parsed.success ? parsed.data : undefined
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
