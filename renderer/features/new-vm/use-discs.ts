import type { HostId } from '../../../shared/model/ids'
import type { PoolChoice, VolumeChoice } from '../../../shared/model/host-choices'
import { looksLikeCloudImage } from '../../../shared/model/new-vm/image-names'
import { useVolumes, type FoundVolumes } from './use-volumes'

/** The ISO images in the pools of a host. */
export function useDiscs(host: HostId, pools: readonly PoolChoice[] | undefined): FoundVolumes {
  return useVolumes(host, pools, 'discs', isDisc)
}

/** Images that look like cloud images; others are found by choosing. */
export function useCloudImages(host: HostId, pools: readonly PoolChoice[] | undefined): FoundVolumes {
  return useVolumes(host, pools, 'cloud images', ({ name, format }) => looksLikeCloudImage(name, format))
}

function isDisc({ name, format }: VolumeChoice): boolean {
  return format === 'iso' || /\.iso$/i.test(name)
}
