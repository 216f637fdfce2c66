import { useEffect, useState } from 'react'
import { ErrorDetails } from '../../components/ErrorDetails'
import { useRemembered } from '../../stores/remembered'
import { dismissToast, useToasts, type Toast } from '../../stores/toasts'
import { Button, IconButton } from '../../ui/Button'
import { CheckIcon, CloseIcon, ErrorIcon, InfoIcon } from '../../ui/icons/general'

const icons = { error: ErrorIcon, info: InfoIcon, success: CheckIcon }

/** Errors stay until they are read; good news goes by itself. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts)
  // what failed can be tried again in the list of tasks, so they lie above it
  const below = useRemembered(({ tasksOpen, tasksHeightPx }) => (tasksOpen ? tasksHeightPx : 0))
  return (
    <section
      className="toasts"
      aria-label="Notifications"
      style={{ bottom: `min(${below + 40}px, 100vh - 240px)` }}
    >
      {toasts.map((toast) => (
        <ToastView key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

const readingTimeMs = 6000

function ToastView({ toast }: { toast: Toast }) {
  const [isHeld, setHeld] = useState(false)
  const goesAlone = toast.tone !== 'error' && !isHeld
  useEffect(() => {
    if (!goesAlone) return
    const timer = setTimeout(() => dismissToast(toast.id), readingTimeMs)
    return () => clearTimeout(timer)
  }, [goesAlone, toast.id])
  const Icon = icons[toast.tone]
  const { action } = toast
  return (
    <div
      className={`toast toast-${toast.tone}`}
      role={toast.tone === 'error' ? 'alert' : 'status'}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
    >
      <Icon />
      <div className="note-text">
        <span className="note-title">{toast.title}</span>
        {toast.error ? (
          <>
            <span>{toast.error.message}</span>
            <ErrorDetails error={toast.error} />
          </>
        ) : null}
        {action ? (
          <div className="note-actions">
            <Button
              onPress={() => {
                dismissToast(toast.id)
                action.run()
              }}
            >
              {action.label}
            </Button>
          </div>
        ) : null}
      </div>
      <IconButton
        icon={CloseIcon}
        label="Dismiss"
        className="button-small"
        onPress={() => dismissToast(toast.id)}
      />
    </div>
  )
}
