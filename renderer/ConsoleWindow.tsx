import { useEffect } from 'react'
import { vmKey, type VmRef } from '../shared/model/ids'
import { ConsoleTab } from './features/console/ConsoleTab'
import { Dialogs } from './features/shell/Dialogs'
import { PageGuard } from './features/shell/PageGuard'
import { Toasts } from './features/shell/Toasts'
import { useHost } from './stores/hosts'
import { useVm } from './stores/vms'
import './features/shell/shell.css'

/** One VM's console and nothing else. Questions of hosts are asked in the main window, which is always there as well. */
export function ConsoleWindow({ target }: { target: VmRef }) {
  const name = useVm(vmKey(target))?.name
  const host = useHost(target.host)?.label
  useEffect(() => {
    document.title = [name ?? 'Console', host].filter(Boolean).join(' on ')
  }, [name, host])
  return (
    <div className="app">
      <main className="page" aria-label={`Console of ${name ?? 'a VM'} in its own window`}>
        <PageGuard>
          <ConsoleTab host={target.host} vm={target.vm} isVisible place="window" />
        </PageGuard>
      </main>
      <Dialogs />
      <Toasts />
    </div>
  )
}
