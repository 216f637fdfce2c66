import { errorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { useHost } from '../../stores/hosts'
import { showToast } from '../../stores/toasts'
import type { MenuEntry } from '../../ui/Menu'
import { StarIcon } from '../../ui/icons/storage'

/** Whether the user chose this pool for new disks of the host, or this network for its new network cards. */
export function useIsUsual(host: HostId, place: Place, name: string): boolean {
  const found = useHost(host)
  return (place === 'usualPool' ? found?.usualPool : found?.usualNetwork) === name
}

export type Place = 'usualPool' | 'usualNetwork'

const texts = {
  usualPool: { yes: 'Use for new disks', no: 'No longer use for new disks', mark: 'For new disks' },
  usualNetwork: {
    yes: 'Use for new network cards',
    no: 'No longer use for new network cards',
    mark: 'For new network cards',
  },
} as const

export function usualMark(place: Place): string {
  return texts[place].mark
}

/** Kept on this computer, so that it is possible on a host that is only looked at. */
export function usualEntry(host: HostId, place: Place, name: string, isUsual: boolean): MenuEntry {
  return {
    id: 'usual',
    label: isUsual ? texts[place].no : texts[place].yes,
    icon: StarIcon,
    run: () => {
      api.hosts.update({ host, [place]: isUsual ? '' : name }).catch((error: unknown) => {
        showToast({ tone: 'error', title: name, error: errorData(error) })
      })
    },
  }
}
