import { useEffect, useState } from 'react'
import type { HardwareView } from '../../../shared/model/hardware/view'
import { Button } from '../../ui/Button'
import { hasWantedSize, whyNotResized } from './guest-size'
import type { Size } from './scaling'

/** As long as a guest takes to change its mode, with some to spare. */
const patienceMs = 2500

/** Says why the guest did not follow the size of the view, and offers to scale instead. */
export function ResizeHint(props: {
  readonly guest: Size
  readonly wanted: Size
  readonly hardware: HardwareView
  readonly onScale: () => void
}) {
  const { guest, wanted, hardware, onScale } = props
  const hasFollowed = hasWantedSize(guest, wanted)
  const question = `${wanted.width}x${wanted.height}`
  const [late, setLate] = useState<string>()
  useEffect(() => {
    if (hasFollowed) return
    const timer = setTimeout(() => setLate(question), patienceMs)
    return () => clearTimeout(timer)
  }, [hasFollowed, question])
  if (hasFollowed || late !== question) return null
  return (
    <div className="console-strip console-strip-top" role="group" aria-label="Size of the guest">
      <span className="console-strip-lines">
        The guest stays at {guest.width} × {guest.height}. {whyNotResized(hardware)}
      </span>
      <Button onPress={onScale}>Scale to fit</Button>
    </div>
  )
}
