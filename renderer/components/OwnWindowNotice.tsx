import { Button } from '../ui/Button'
import { EmptyState } from '../ui/EmptyState'
import type { Icon } from '../ui/icons/icon'

interface Props {
  readonly icon: Icon
  readonly onShow: () => void
  readonly onBringBack: () => void
}

/** In place of a console while it is shown in a window of its own: screens and lines may have one viewer only. */
export function OwnWindowNotice({ icon, onShow, onBringBack }: Props) {
  return (
    <EmptyState
      icon={icon}
      title="This console is shown in its own window"
      actions={
        <>
          <Button onPress={onShow}>Show that window</Button>
          <Button variant="primary" onPress={onBringBack}>
            Bring it back here
          </Button>
        </>
      }
    />
  )
}
