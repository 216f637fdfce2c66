import { useEffect } from 'react'
import { CheckIcon } from '../../ui/icons/general'
import { useSession } from './session'
import { putHardware } from './store'

const readingTimeMs = 4000

/** Good news that goes by itself, and covers no button meanwhile. */
export function DoneNotice() {
  const { key, state } = useSession()
  const { done } = state
  useEffect(() => {
    if (done === undefined) return
    const timer = setTimeout(() => putHardware(key, { done: undefined }), readingTimeMs)
    return () => clearTimeout(timer)
  }, [key, done])
  return (
    <div role="status">
      {done === undefined ? null : (
        <span className="hw-done">
          <CheckIcon size={14} />
          {done}
        </span>
      )}
    </div>
  )
}
