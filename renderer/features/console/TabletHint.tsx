import { useState } from 'react'
import { errorData } from '../../../shared/errors'
import type { HardwareView } from '../../../shared/model/hardware/view'
import type { VmRef } from '../../../shared/model/ids'
import { habitsOf, rememberConsole, useConsoleHabits } from '../../stores/console-habits'
import { showToast } from '../../stores/toasts'
import { Button } from '../../ui/Button'
import { changeHardware } from './change-hardware'

interface Props {
  readonly vm: VmRef
  readonly name: string
  readonly hardware: HardwareView
  readonly onChanged: () => void
}

/**
 * VNC tells where the pointer is; a mouse only knows how far it went. Without a tablet the user's pointer has to be caught
 * (caught-pointer.ts), and servers other than QEMU's are told a place that the guest's pointer does not keep to.
 */
export function lacksTablet({ items, isRunning }: HardwareView): boolean {
  return !items.some(({ ref, values, live }) => {
    const now = isRunning ? live : values
    // what a device of the host is, is not known here
    return ref.kind === 'input' && now !== undefined && now['type'] !== 'mouse' && now['type'] !== 'keyboard'
  })
}

export function TabletHint({ vm, name, hardware, onChanged }: Props) {
  const isHidden = useConsoleHabits((stored) => habitsOf(stored, vm).hidesTabletHint === true)
  const [isAdding, setAdding] = useState(false)
  if (isHidden || !lacksTablet(hardware)) return null
  const waits = hardware.items.some(({ ref, values }) => ref.kind === 'input' && values['type'] === 'tablet')

  const add = async (): Promise<void> => {
    setAdding(true)
    try {
      const tablet = {
        kind: 'add',
        device: 'input',
        key: 'new-tablet',
        values: { type: 'tablet', bus: 'usb' },
      } as const
      const outcome = await changeHardware(vm, hardware.base, [tablet], 'now')
      if (outcome.kind === 'conflict')
        showToast({ tone: 'info', title: `${name} was changed elsewhere meanwhile; look again` })
      else if (outcome.results.some(({ when }) => when !== 'now'))
        showToast({ tone: 'info', title: `${name} has its tablet from its next start` })
      onChanged()
    } catch (error) {
      showToast({ tone: 'error', title: `${name} got no tablet`, error: errorData(error) })
    } finally {
      setAdding(false)
    }
  }
  return (
    <div className="console-strip console-strip-top" role="group" aria-label="Pointer">
      <span className="console-strip-lines">
        {waits
          ? 'The tablet of this VM comes with its next start: until then a click catches your pointer.'
          : 'This VM has no tablet, so it cannot be told where your pointer is: a click catches it, as for a mouse.'}
      </span>
      <Button variant="quiet" onPress={() => rememberConsole(vm, { hidesTabletHint: true })}>
        Hide
      </Button>
      {waits ? null : (
        <Button isBusy={isAdding} onPress={() => void add()}>
          Add a tablet
        </Button>
      )}
    </div>
  )
}
