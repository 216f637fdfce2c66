import type { VmRef } from '../../../shared/model/ids'
import { habitsOf, rememberConsole, useConsoleHabits } from '../../stores/console-habits'
import type { DisplayChoices } from './display-menu'
import { qualityOf } from './picture-quality'

/** Remembered for each VM. Clipboards and other viewers are left alone unless the user says otherwise. */
export function useDisplayChoices(
  vm: VmRef,
): readonly [DisplayChoices, (change: Partial<DisplayChoices>) => void] {
  const stored = useConsoleHabits()
  const habits = habitsOf(stored, vm)
  const { scaleMode, quality, isExclusive, copiesToGuest, copiesFromGuest } = habits
  return [
    {
      scaleMode: scaleMode === 'actual' || scaleMode === 'guest' ? scaleMode : 'fit',
      quality: qualityOf(quality).id,
      isExclusive: isExclusive === true,
      copiesToGuest: copiesToGuest === true,
      copiesFromGuest: copiesFromGuest === true,
      showsFigures: habits.showsFigures === true,
    },
    (change) => rememberConsole(vm, change),
  ]
}
