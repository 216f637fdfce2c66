import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { api } from './api/client'
import { followDetached, startSync } from './api/sync'
import { ConsoleWindow } from './ConsoleWindow'
import { FatalPage } from './features/shell/FatalPage'
import { obeyLaunchWishes } from './features/shell/launch-wish'
import { obeyMenuCommands } from './features/shell/menu-commands'
import { followMoves } from './features/move-vms/follow-move'
import { toastFailures } from './features/tasks/failure-toasts'
import { watchUnfinished } from './features/unfinished/watch'
import { ClipboardContext } from './ui/clipboard'
import { followTheme, setThemeChoice } from './stores/theme'
import { consoleOf } from './window-place'
import './styles/tokens.css'
import './styles/base.css'

followTheme()

const element = document.getElementById('root')
if (!element) throw new Error('index.html has no #root')
const root = createRoot(element)

// The first picture is drawn from main's answer, so nothing flashes by that is not true.
try {
  const console = consoleOf(location.hash)
  const info = await api.app.info()
  // the theme of the main window is the system's for the others, also when it is changed there
  setThemeChoice(console ? 'system' : info.theme)
  if (!console) {
    toastFailures()
    followMoves()
    obeyMenuCommands()
  }
  await Promise.all([startSync(api), followDetached(api)])
  if (!console) watchUnfinished()
  root.render(
    <StrictMode>
      <ClipboardContext value={(text) => api.app.copyText({ text })}>
        {console ? <ConsoleWindow place={console} /> : <App isSubstituteRuntime={info.isSubstituteRuntime} />}
      </ClipboardContext>
    </StrictMode>,
  )
  if (!console) await obeyLaunchWishes()
} catch (error) {
  root.render(<FatalPage error={error} />)
}
