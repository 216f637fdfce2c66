import { useEffect, useState } from 'react'
import type { ConsolePlace } from '../shared/model/console-place'
import { vmKey } from '../shared/model/ids'
import { ConsoleTab } from './features/console/ConsoleTab'
import { OwnTextConsole } from './features/text-console/OwnTextConsole'
import { Dialogs } from './features/shell/Dialogs'
import { PageGuard } from './features/shell/PageGuard'
import { Toasts } from './features/shell/Toasts'
import { useHost } from './stores/hosts'
import { useVm } from './stores/vms'
import './features/shell/shell.css'

/** One VM's console and nothing else. Questions of hosts are asked in the main window, which is always there as well. */
export function ConsoleWindow({ place }: { place: ConsolePlace }) {
  const { text, ...target } = place
  const name = useVm(vmKey(target))?.name
  const host = useHost(target.host)?.label
  const [device, setDevice] = useState<string>()
  useEffect(() => {
    const shown = device === undefined ? (name ?? 'Console') : `${device} of ${name ?? 'a VM'}`
    document.title = [shown, host].filter(Boolean).join(' on ')
  }, [name, host, device])
  return (
    <div className="app">
      <main className="page" aria-label={`Console of ${name ?? 'a VM'} in its own window`}>
        <PageGuard>
          {text === undefined ? (
            <ConsoleTab host={target.host} vm={target.vm} isVisible place="window" />
          ) : (
            <OwnTextConsole target={target} device={text} onLabel={setDevice} />
          )}
        </PageGuard>
      </main>
      <Dialogs />
      <Toasts />
    </div>
  )
}
