import { errorData } from '../../../shared/errors'
import type { VmRef } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { OwnWindowNotice } from '../../components/OwnWindowNotice'
import { showToast } from '../../stores/toasts'
import { VmIcon } from '../../ui/icons/objects'

export function DetachedNotice({ vm, name }: { vm: VmRef; name: string }) {
  return (
    <section className="console" aria-label={`Console of ${name}`}>
      <OwnWindowNotice
        icon={VmIcon}
        onShow={() => detachConsole(vm, name)}
        onBringBack={() => void api.console.attach(vm).catch((error: unknown) => tell(error, name))}
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
