import { errorData } from '../../../shared/errors'
import type { VmRef } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { showToast } from '../../stores/toasts'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { VmIcon } from '../../ui/icons/objects'

/** In place of the screen while it is shown in a window of its own: a VNC server may send each screen to one viewer only. */
export function DetachedNotice({ vm, name }: { vm: VmRef; name: string }) {
  return (
    <section className="console" aria-label={`Console of ${name}`}>
      <EmptyState
        icon={VmIcon}
        title="This console is shown in its own window"
        actions={
          <>
            <Button onPress={() => detachConsole(vm, name)}>Show that window</Button>
            <Button
              variant="primary"
              onPress={() => void api.console.attach(vm).catch((error: unknown) => tell(error, name))}
            >
              Bring it back here
            </Button>
          </>
        }
      />
    </section>
  )
}

export function detachConsole(vm: VmRef, name: string): void {
  api.console.detach(vm).catch((error: unknown) => tell(error, name))
}

function tell(error: unknown, name: string): void {
  showToast({ tone: 'error', title: `The console of ${name} stays where it is`, error: errorData(error) })
}
