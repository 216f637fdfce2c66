import type { MenuEntry } from '../../ui/Menu'
import { isOwn, qualities, type PictureQuality } from './picture-quality'
import type { ScaleMode } from './scaling'

/** How the user has the screen of a VM. */
export interface DisplayChoices {
  readonly scaleMode: ScaleMode
  readonly quality: PictureQuality['id']
  readonly isExclusive: boolean
  readonly copiesToGuest: boolean
  readonly copiesFromGuest: boolean
  readonly showsFigures: boolean
}

const scales: readonly { readonly id: ScaleMode; readonly label: string }[] = [
  { id: 'fit', label: 'Scale to fit' },
  { id: 'actual', label: 'Actual size (1:1)' },
  { id: 'guest', label: 'Resize the guest to fit' },
]

export function displayEntries(
  choices: DisplayChoices,
  change: (change: Partial<DisplayChoices>) => void,
  whyNoClipboard: string | undefined,
  askForQuality: () => void,
): MenuEntry[] {
  const { copiesToGuest, copiesFromGuest, isExclusive, showsFigures } = choices
  return [
    ...scales.map(({ id, label }) => ({
      id,
      label,
      isChecked: choices.scaleMode === id,
      run: () => change({ scaleMode: id }),
    })),
    'separator',
    ...qualities.map(({ id, label }) => ({
      id,
      label,
      isChecked: choices.quality === id,
      run: () => change({ quality: id }),
    })),
    {
      id: 'ownQuality',
      label: 'Other quality…',
      isChecked: isOwn({ id: choices.quality }),
      run: askForQuality,
    },
    'separator',
    {
      id: 'toGuest',
      label: 'Give this clipboard to the guest',
      isChecked: copiesToGuest,
      disabledReason: whyNoClipboard,
      run: () => change({ copiesToGuest: !copiesToGuest }),
    },
    {
      id: 'fromGuest',
      label: 'Take the clipboard of the guest',
      isChecked: copiesFromGuest,
      disabledReason: whyNoClipboard,
      run: () => change({ copiesFromGuest: !copiesFromGuest }),
    },
    'separator',
    {
      id: 'exclusive',
      label: 'Disconnect other viewers',
      isChecked: isExclusive,
      run: () => change({ isExclusive: !isExclusive }),
    },
    {
      id: 'figures',
      label: 'Show how the screen is sent',
      isChecked: showsFigures,
      run: () => change({ showsFigures: !showsFigures }),
    },
  ]
}
