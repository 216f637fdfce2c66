import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { api } from './api/client'
import { startSync } from './api/sync'
import { FatalPage } from './features/shell/FatalPage'
import { obeyLaunchWishes } from './features/shell/launch-wish'
import { obeyMenuCommands } from './features/shell/menu-commands'
import { followMoves } from './features/move-vms/follow-move'
import { toastFailures } from './features/tasks/failure-toasts'
import { watchUnfinished } from './features/unfinished/watch'
import { ClipboardContext } from './ui/clipboard'
import { followTheme, setThemeChoice } from './stores/theme'
import './styles/tokens.css'
import './styles/base.css'

followTheme()

const element = document.getElementById('root')
if (!element) throw new Error('index.html has no #root')
const root = createRoot(element)

// The first picture is drawn from main's answer, so nothing flashes by that is not true.
try {
  const info = await api.app.info()
  setThemeChoice(info.theme)
  toastFailures()
  followMoves()
  obeyMenuCommands()
  await startSync(api)
  watchUnfinished()
  root.render(
    <StrictMode>
      <ClipboardContext value={(text) => api.app.copyText({ text })}>
        <App isSubstituteRuntime={info.isSubstituteRuntime} />
      </ClipboardContext>
    </StrictMode>,
  )
  await obeyLaunchWishes()
} catch (error) {
  root.render(<FatalPage error={error} />)
}
